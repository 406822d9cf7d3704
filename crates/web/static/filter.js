// A filter form that shows its result as soon as a choice is made: <form method="get" data-filter>.
// Typing waits for Enter or for leaving the field, so that nobody is interrupted (WCAG 3.2.2: the button stays).

export function enhance(form) {
  form.addEventListener("change", (event) => {
    if (event.target.matches("select, input[type=checkbox], input[type=radio], input[type=date]")) {
      form.requestSubmit();
    }
  });
  // Addresses stay short and can be shared: what is not chosen is not sent.
  form.addEventListener("submit", () => {
    for (const field of form.elements) {
      if (field.name && field.value === "" && field.type !== "hidden") field.disabled = true;
    }
    // Coming back by the browser's button must find them usable again.
    addEventListener("pageshow", () => {
      for (const field of form.elements) field.disabled = false;
    }, { once: true });
  });
}
