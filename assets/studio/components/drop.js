// Where files are dropped: a zone, and the whole window while a file is dragged over it.
/** @import { Child } from "../vendor/htm-preact.js" */
/** @import { IconName } from "../icons.js" */
import { Icon } from "../icons.js";
import { html, useEffect, useRef, useState } from "../vendor/htm-preact.js";

/**
 * Takes a file dropped anywhere in the window.
 * @param {(file: File) => void} take
 * @returns {boolean} whether a file is over the window
 */
export function useDroppedFile(take) {
  const [over, setOver] = useState(false);
  const latest = useRef(take);
  latest.current = take;
  useEffect(() => {
    let depth = 0;
    /** @param {DragEvent} event */
    const hasFile = (event) => event.dataTransfer?.types.includes("Files") ?? false;
    /** @type {[string, (event: any) => void][]} */
    const handlers = [
      ["dragenter", (event) => hasFile(event) && setOver(++depth > 0)],
      ["dragleave", (event) => hasFile(event) && setOver(--depth > 0)],
      ["dragover", (event) => hasFile(event) && event.preventDefault()],
      [
        "drop",
        (event) => {
          const file = event.dataTransfer?.files[0];
          depth = 0;
          setOver(false);
          if (!file) return;
          event.preventDefault();
          latest.current(file);
        },
      ],
    ];
    for (const [name, run] of handlers) window.addEventListener(name, run);
    return () => handlers.forEach(([name, run]) => window.removeEventListener(name, run));
  }, []);
  return over;
}

/** Takes cells pasted anywhere in the station, unless a field takes them. @param {(text: string) => void} take */
export function usePastedText(take) {
  const latest = useRef(take);
  latest.current = take;
  useEffect(() => {
    /** @param {ClipboardEvent} event */
    const paste = (event) => {
      if (event.target instanceof HTMLElement && event.target.matches("input, textarea")) return;
      const text = event.clipboardData?.getData("text/plain");
      if (text?.trim()) latest.current(text);
    };
    document.addEventListener("paste", paste);
    return () => document.removeEventListener("paste", paste);
  }, []);
}

/** @param {(file: File) => void} take @returns what hands it the file that is chosen; the same can be chosen again */
export const fileChosen = (take) => (/** @type {{currentTarget: HTMLInputElement}} */ { currentTarget }) => {
  const file = currentTarget.files?.[0];
  currentTarget.value = "";
  if (file) take(file);
};

/**
 * A button that opens the system's choice of a file.
 * @param {{id: string, class?: string, accept: string, take: (file: File) => void, field?: string,
 *          children?: Child}} props
 */
export function FileButton({ id, class: look = "btn", accept, take, field, children }) {
  return html`<label class=${look} for=${id}>${children}</label><input
      class="unseen"
      type="file"
      id=${id}
      accept=${accept}
      data-field=${field}
      onchange=${fileChosen(take)}
    />`;
}

/** @param {{icon: IconName, over: boolean, flat?: boolean, heading?: Child, children?: Child}} props */
export function Drop({ icon, over, flat = false, heading, children }) {
  return html`<section class=${`drop${flat ? " flat" : ""}${over ? " over" : ""}`} aria-label=${heading ?? null}>
    <${Icon} name=${icon} />${children}
  </section>`;
}

export const LISTS = ".xlsx,.xlsm,.xls,.ods,.csv,.tsv,.txt,.pdf";
