// A dialog that holds the focus, closes with Escape, and gives the focus back.
/** @import { Child } from "../vendor/htm-preact.js" */
import { html, useLayoutEffect, useRef } from "../vendor/htm-preact.js";
import { say } from "../words.js";
import { Button } from "./basics.js";

/**
 * @param {{title: string, lead?: string, onClose?: () => void, footer?: Child, vast?: boolean, alert?: boolean,
 *          children?: Child}} props
 *   without onClose the dialog stays
 */
export function Dialog({ title, lead, onClose, footer, vast = false, alert = false, children }) {
  const box = useRef(/** @type {HTMLDialogElement | null} */ (null));
  useLayoutEffect(() => {
    const before = document.activeElement;
    const dialog = box.current;
    dialog?.showModal();
    const wanted = dialog?.querySelector("[data-first]");
    if (wanted instanceof HTMLElement) wanted.focus(/** @type {FocusOptions} */ ({ focusVisible: true }));
    return () => {
      dialog?.close(); // as long as it is open, nothing outside can have the focus
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return html`<dialog
    ref=${box}
    class=${vast ? "vast" : null}
    role=${alert ? "alertdialog" : null}
    aria-labelledby="dialog-title"
    oncancel=${(/** @type {Event} */ event) => {
      event.preventDefault();
      onClose?.();
    }}
  >
    <header>
      <div>
        <h2 id="dialog-title">${title}</h2>
        ${lead && html`<p class="mute">${lead}</p>`}
      </div>
      ${onClose && html`<${Button} look="tool" aria-label=${say("close")} run=${onClose} icon="cross" />`}
    </header>
    <div class="stack" tabindex=${vast ? "0" : null}>${children}</div>
    ${footer && html`<footer>${footer}</footer>`}
  </dialog>`;
}

/**
 * Asks before something is lost.
 * @param {{title: string, text: string, yes: string, run: () => unknown, no: string, close: () => void}} props
 */
export const Sure = ({ title, text, yes, run, no, close }) =>
  html`<${Dialog}
    title=${title}
    onClose=${close}
    footer=${html`<${Button} look="btn danger aside" icon="bin" run=${run}>${yes}<//>
      <${Button} look="btn first" data-first run=${close}>${no}<//>`}
  >
    <p>${text}</p>
  <//>`;
