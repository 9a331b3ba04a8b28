// A field of a form: its label, a hint, and the text that is typed, which the form keeps.
/** @import { Attributes } from "./basics.js" */
import { html, useEffect, useRef, useState } from "../vendor/htm-preact.js";
import { say } from "../words.js";
import { Told } from "./basics.js";

/**
 * @param {Attributes & {id: string, label: string, value: string, set: (text: string) => void, hint?: string, look?: string,
 *         describedby?: string, required?: boolean, invalid?: boolean, focused?: boolean, fault?: string}} props
 *   focused: it has the focus when it appears; fault: what is wrong with it; other attributes are those of the input
 */
export function TextField({ id, label, value, set, hint, look, describedby, required, ...others }) {
  const { invalid = false, focused = false, fault = "", ...attributes } = others;
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  const [empty, setEmpty] = useState(false); // it was, when the form was to be kept
  const wrong = empty ? say("to-fill") : fault;
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
      aria-describedby=${[wrong && `${id}-wrong`, describedby, hint && `${id}-hint`].filter(Boolean).join(" ") || null}
      aria-invalid=${invalid || wrong ? "true" : null}
      autocomplete="off"
      ...${attributes}
      ...${required && { required, pattern: ".*\\S.*" }}
      value=${value}
      oninput=${(/** @type {any} */ event) => {
        setEmpty(false);
        set(event.currentTarget.value);
      }}
      oninvalid=${(/** @type {any} */ event) => {
        event.preventDefault(); // the browser would say it in its own way, beside the field
        setEmpty(true);
        event.currentTarget.form?.querySelector("input:invalid")?.focus();
      }}
    />
    ${wrong && html`<${Told} look="fault" id=${`${id}-wrong`} role="alert">${wrong}<//>`}
  </div>`;
}
