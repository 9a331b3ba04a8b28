// Where files are dropped: a zone, and the whole window while a file is dragged over it.
/** @import { Child } from "../vendor/htm-preact.js" */
/** @import { IconName } from "../icons.js" */
import { Icon } from "../icons.js";
import { html, useEffect, useRef, useState } from "../vendor/htm-preact.js";

/** Hears events of the window as long as the component is there. @param {Record<string, (event: any) => void>} handlers */
function useEvents(handlers) {
  const latest = useRef(handlers);
  latest.current = handlers;
  useEffect(() => {
    const names = Object.keys(handlers);
    const hear = (/** @type {Event} */ event) => latest.current[event.type]?.(event);
    for (const name of names) addEventListener(name, hear);
    return () => names.forEach((name) => removeEventListener(name, hear));
  }, []);
}

/** @param {DragEvent} event */
const hasFile = (event) => event.dataTransfer?.types.includes("Files") ?? false;

/**
 * Takes a file dropped anywhere in the window.
 * @param {(file: File) => void} take
 * @returns {boolean} whether a file is over the window
 */
export function useDroppedFile(take) {
  const [over, setOver] = useState(false);
  const depth = useRef(0);
  useEvents({
    dragenter: (event) => hasFile(event) && setOver(++depth.current > 0),
    dragleave: (event) => hasFile(event) && setOver(--depth.current > 0),
    dragover: (event) => hasFile(event) && event.preventDefault(),
    drop(event) {
      const file = event.dataTransfer?.files[0];
      depth.current = 0;
      setOver(false);
      if (!file) return;
      event.preventDefault();
      take(file);
    },
  });
  return over;
}

/** Takes cells pasted anywhere in the station, unless a field takes them. @param {(text: string) => void} take */
export function usePastedText(take) {
  useEvents({
    paste({ target, clipboardData }) {
      if (target instanceof HTMLElement && target.matches("input, textarea")) return;
      const text = clipboardData?.getData("text/plain");
      if (text?.trim()) take(text);
    },
  });
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
