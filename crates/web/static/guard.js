// Asks before what was typed is left behind: <form data-guard>.

export function enhance(form) {
  const written = () => new URLSearchParams([...new FormData(form)].map(([k, v]) => [k, v.name ?? v])).toString();
  const before = written();
  let leaving = false;
  form.addEventListener("submit", () => { leaving = true; });
  addEventListener("pageshow", () => { leaving = false; });
  addEventListener("beforeunload", (event) => {
    if (!leaving && written() !== before) event.preventDefault();
  });
}
