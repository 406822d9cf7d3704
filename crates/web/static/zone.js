// A second line with the reader's own time, where it differs from the congress's:
// <p hidden data-zone-from="2019-11-14T09:00:00Z" data-zone-until="…" data-zone="Africa/Johannesburg"
//    data-say="For you, in {place}: {time}">.

export function enhance(line) {
  const own = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const { zone, zoneFrom, zoneUntil, say } = line.dataset;
  if (!own || !say) return;
  const language = document.documentElement.lang;
  const clock = (instant, timeZone, more) =>
    new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone, ...more })
      .format(new Date(instant));
  const day = { weekday: "short", day: "numeric" };
  if (clock(zoneFrom, own, day) === clock(zoneFrom, zone, day)) return;

  const another = clock(zoneFrom, own, { ...day, hour: undefined, minute: undefined })
    !== clock(zoneFrom, zone, { ...day, hour: undefined, minute: undefined });
  const from = clock(zoneFrom, own, another ? day : {});
  const time = zoneUntil ? `${from}–${clock(zoneUntil, own)}` : from;
  const place = own.split("/").pop().replaceAll("_", " ");
  line.textContent = say.replace("{place}", place).replace("{time}", time);
  line.hidden = false;
}
