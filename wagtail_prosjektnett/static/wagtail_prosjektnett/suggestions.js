// Titles that fit what a reader is writing in a search field, in the field's own datalist. Without it, search works the same.
(() => {
  const wait = 200;
  for (const field of document.querySelectorAll("input[data-suggestions]")) {
    let timer, asked = "";
    const show = async () => {
      const text = field.value.trim();
      if (text.length < 2 || text === asked) return;
      asked = text;
      try {
        const answer = await fetch(field.dataset.suggestions + encodeURIComponent(text));
        const { suggestions } = answer.ok ? await answer.json() : { suggestions: [] };
        if (text !== asked) return;
        field.list.replaceChildren(...suggestions.map((title) => new Option(title, title)));
      } catch {
        field.list.replaceChildren();
      }
    };
    field.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(show, wait);
    });
  }
})();
