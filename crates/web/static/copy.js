// Copies a text that stands in a field: <button type="button" hidden data-copy="id-of-field" data-done="Copied">.
// The button shows itself only where copying works.

export function enhance(button) {
  const field = document.getElementById(button.dataset.copy);
  if (!navigator.clipboard || !field) return;
  button.hidden = false;
  const label = button.textContent;
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(field.value ?? field.textContent.trim());
      button.textContent = button.dataset.done;
      setTimeout(() => { button.textContent = label; }, 2500);
    } catch {
      field.select?.();
    }
  });
}
