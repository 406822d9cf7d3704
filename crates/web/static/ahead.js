// Suggestions while typing (ARIA combobox): <div class="ahead"><input data-ahead="/…?q=" data-ahead-id="hidden-input"
// data-some data-none>. Answers: {"items": [{"id", "name", "note"}]}.

const make = (tag, own, attributes = {}) => {
  const element = Object.assign(document.createElement(tag), own);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
};

export function enhance(input) {
  const { ahead, aheadId, some, none } = input.dataset;
  const hidden = document.getElementById(aheadId);
  const list = make("div", { id: `${input.id}-list`, hidden: true }, { role: "listbox", "aria-label": input.labels[0].textContent });
  const told = make("p", { className: "hidden" }, { role: "status" });
  input.closest(".ahead").append(list, told);
  for (const [name, value] of [["role", "combobox"], ["aria-controls", list.id], ["aria-autocomplete", "list"]])
    input.setAttribute(name, value);
  let wait, asked, at;

  const mark = (to) => {
    at = to;
    [...list.children].forEach((option, n) => option.setAttribute("aria-selected", n === to));
    input.setAttribute("aria-activedescendant", list.children[to]?.id ?? "");
    list.children[to]?.scrollIntoView({ block: "nearest" });
  };
  const open = (is) => {
    list.hidden = !is;
    input.setAttribute("aria-expanded", is);
    mark(-1);
  };
  const take = ({ dataset }) => {
    input.value = dataset.name;
    if (hidden) hidden.value = dataset.id;
    open(false);
  };
  const show = (items) => {
    list.replaceChildren(...items.slice(0, 12).map(({ id, name, note }, n) => {
      const option = make("div", { id: `${list.id}-${n}`, textContent: name }, { role: "option" });
      Object.assign(option.dataset, { id, name });
      if (note) option.append(make("small", { textContent: note }));
      option.onpointerdown = (event) => { event.preventDefault(); take(option); };
      return option;
    }));
    told.textContent = items.length ? some.replace("{count}", items.length) : none;
    open(items.length > 0);
  };
  const ask = async (text) => {
    asked?.abort();
    asked = new AbortController();
    try {
      const answer = await fetch(ahead + encodeURIComponent(text), { signal: asked.signal });
      if (answer.ok) show((await answer.json()).items ?? []);
    } catch { /* offline or overtaken: a plain field */ }
  };

  open(false);
  input.oninput = () => {
    if (hidden) hidden.value = "";
    clearTimeout(wait);
    const text = input.value.trim();
    if (text.length < 2) open(false);
    else wait = setTimeout(ask, 180, text);
  };
  input.onkeydown = (event) => {
    if (list.hidden) return;
    const last = list.children.length - 1;
    const step = { ArrowDown: at < last ? at + 1 : 0, ArrowUp: at > 0 ? at - 1 : last }[event.key];
    if (step !== undefined) mark(step);
    else if (event.key === "Enter" && at >= 0) take(list.children[at]);
    else if (event.key === "Escape") open(false);
    else return;
    event.preventDefault();
  };
  input.onblur = () => open(false);
}
