// A field of a form: its label, a hint, and the text that is typed, which the form keeps.
import { html, useEffect, useRef } from "../vendor/htm-preact.js";

/**
 * @param {{
 *   id: string,
 *   label: string,
 *   value: string,
 *   set: (text: string) => void,
 *   hint?: string,
 *   look?: string,
 *   describedby?: string,
 *   autocomplete?: string,
 *   required?: boolean,
 *   invalid?: boolean,
 *   focused?: boolean,
 * }} props focused: it has the focus when it appears
 */
export function TextField(props) {
  const { id, label, value, set, hint, look, describedby, autocomplete = "off", required } = props;
  const { invalid = false, focused = false } = props;
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  useEffect(() => {
    if (focused) field.current?.focus();
  }, []);
  return html`<div>
    <label for=${id}>${label}</label>
    ${hint && html`<p class="hint" id=${`${id}-hint`}>${hint}</p>`}
    <input
      ref=${field}
      class=${look ? `in ${look}` : "in"}
      id=${id}
      aria-describedby=${hint ? `${id}-hint` : (describedby ?? null)}
      aria-invalid=${invalid ? "true" : null}
      autocomplete=${autocomplete}
      required=${required}
      value=${value}
      oninput=${(/** @type {any} */ event) => set(event.currentTarget.value)}
    />
  </div>`;
}
