// The editor over the page's own form: colours, marks of mistakes, completion from our terms. The form stays the one
// that asks: what the editor holds is copied into its text area, and the answer is made by the server.
(() => {
  "use strict";

  const share = document.getElementById("share");
  if (share && navigator.clipboard) {
    share.addEventListener("click", (event) => {
      event.preventDefault();
      navigator.clipboard.writeText(share.href).then(
        () => { share.textContent = share.dataset.copied; share.setAttribute("role", "status"); },
        () => { window.location.assign(share.href); },
      );
    });
  }

  const place = document.getElementById("editor");
  const area = document.getElementById("query");
  const form = document.getElementById("ask");
  if (typeof Yasqe === "undefined" || !place || !area || !form) return;

  const { language, label } = place.dataset;
  let known = null;  // fetched when a completion is first asked for

  const fetched = () => {
    known = known || fetch(place.dataset.terms).then((answer) => answer.json()).catch(() => { known = null; return { prefixes: {}, terms: [] }; });
    return known;
  };

  const namespaceOf = (iri) => iri.slice(0, Math.max(iri.lastIndexOf("#"), iri.lastIndexOf("/")) + 1);

  // A term as the query can write it: with its own prefix, else with ours, which is then declared.
  const written = (iri, declared, ours) => {
    const space = namespaceOf(iri);
    const find = (prefixes) => Object.keys(prefixes).find((name) => prefixes[name] === space);
    const own = find(declared);
    if (own !== undefined) return { text: `${own}:${iri.slice(space.length)}` };
    const prefix = find(ours);
    if (prefix !== undefined && declared[prefix] === undefined) {
      return { text: `${prefix}:${iri.slice(space.length)}`, prefix: { [prefix]: space } };
    }
    return { text: `<${iri}>` };
  };

  const fits = (hint, term, wanted) =>
    [hint.text, term.iri, term.ja, term.en].some((each) => each && each.toLowerCase().includes(wanted));

  const drawn = (element, _self, hint) => {
    element.append(hint.text);
    if (hint.meaning) {
      const meaning = document.createElement("span");
      meaning.className = "meaning";
      meaning.textContent = hint.meaning;
      element.append(meaning);
    }
  };

  const hints = async (editor) => {
    const { prefixes, terms } = await fetched();
    const cursor = editor.getDoc().getCursor();
    const token = editor.getCompleteToken();
    const typed = /^[?$"'{}()[\].,;\s]/u.test(token.string) ? "" : token.string.trim().replace(/^</u, "").toLowerCase();
    const declared = editor.getPrefixesFromQuery();
    const found = terms
      .map((term) => ({ ...written(term.iri, declared, prefixes), meaning: term[language] || "", term }))
      .filter((hint) => fits(hint, hint.term, typed))
      .slice(0, 200);
    const from = { line: cursor.line, ch: typed ? token.start : cursor.ch };
    return {
      from,
      to: { line: cursor.line, ch: typed ? token.end : cursor.ch },
      list: found.map((hint) => ({
        ...hint,
        render: drawn,
        hint: (cm, data) => {
          cm.replaceRange(hint.text, data.from, data.to, "complete");
          if (hint.prefix) editor.addPrefixes(hint.prefix);
        },
      })),
    };
  };

  const complete = () => {
    const token = editor.getCompleteToken();
    if (/^[?$]/u.test(token.string)) { editor.autocomplete(); return; }
    editor.showHint({ hint: () => hints(editor), completeSingle: false, container: editor.rootEl, closeCharacters: /[\s>"]/u });
  };

  const submit = () => form.requestSubmit();

  const editor = new Yasqe(place, {
    value: area.value,
    autocompleters: ["variables"],
    persistenceId: null,
    consumeShareLink: null,
    createShareableLink: null,
    showQueryButton: false,
    resizeable: false,
    prefixCcApi: null,
    editorHeight: "auto",
    viewportMargin: Infinity,  // it grows with the query: nothing scrolls inside it
    screenReaderLabel: label,
    extraKeys: {
      Tab: false,
      "Shift-Tab": false,
      "Ctrl-S": false,
      "Ctrl-Space": complete,
      "Ctrl-Enter": submit,
      "Cmd-Enter": submit,
    },
  });

  document.documentElement.classList.add("with-editor");
  area.required = false;
  document.getElementById("editor-hint").hidden = false;
  const input = editor.getInputField();
  input.setAttribute("aria-label", label);
  input.setAttribute("aria-describedby", "editor-hint");
  document.querySelector("label[for=query]").addEventListener("click", (event) => { event.preventDefault(); editor.focus(); });
  form.addEventListener("submit", () => { area.value = editor.getValue(); });

  if (place.dataset.line) {
    const line = Number(place.dataset.line) - 1;
    const at = { line, ch: Number(place.dataset.column) - 1 };
    editor.addLineClass(line, "background", "stopped-here");
    editor.getDoc().setCursor(at);
    editor.scrollIntoView(at, 80);
  }
})();
