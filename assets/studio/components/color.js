// The colour: one in, everything else out. The page beside it shows what becomes of it.
import { change, useStore } from "../store.js";
import { html, useEffect, useRef, useState } from "../vendor/htm-preact.js";
import { say } from "../words.js";
import { Button, held, Told } from "./basics.js";
import { useDraft } from "./draft.js";
import { TextField } from "./field.js";

const USUAL = ["#1f3a93", "#0b6e4f", "#c8102e", "#6a2c91", "#ffcc00"];
const HEX = /^\s*#?([0-9a-f]{6})\s*$/i;

/** @param {{color: string, open: boolean, setOpen: (open: boolean) => void}} props */
export function ColorCard({ color, open, setOpen }) {
  const card = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => void (open && card.current?.scrollIntoView({ block: "nearest" })), [open]);
  return html`<section ref=${card} class="card" aria-labelledby="color">
    <div class="row between">
      <div class="row whole">
        <span class="blob" style=${{ background: color }}></span>
        <div>
          <h2 class="h3" id="color">${say("color-title")}</h2>
          <p class="small mute">${say("color-one")}</p>
        </div>
      </div>
      <${Button}
        look="btn small"
        aria-expanded=${String(open)}
        aria-controls="color-choice"
        run=${() => setOpen(!open)}
      >
        ${open ? say("close") : say("choose-another")}
      <//>
    </div>
    <div id="color-choice" hidden=${!open}>${open && html`<${ColorChoice} color=${color} />`}</div>
  </section>`;
}

/** @param {{color: string}} props */
function ColorChoice({ color }) {
  const { colors: found } = useStore();
  const send = async (/** @type {string} */ text) =>
    read(text) ? change("choose", { color: `#${read(text)}` }) : undefined;
  const { draft, typed, flush, show } = useDraft(color, send);
  const shown = read(draft) ? `#${read(draft)}` : color;
  const proposed = found.length ? found : USUAL;
  const choose = (/** @type {string} */ one) => {
    typed(one);
    flush();
  };
  return html`<fieldset class="above-less">
      <legend>${found.length ? say("color-from-logo") : say("color-usual")}</legend>
      <div class="swatches">
        ${(proposed.includes(shown) ? proposed : [...proposed, shown]).map((one) =>
          html`<span class="swatch" key=${one} style=${{ background: one }}><input
            type="radio"
            name="swatch"
            aria-label=${say("color-swatch", { color: one })}
            checked=${one === shown}
            onchange=${() => choose(one)}
          /></span>`)}
      </div>
    </fieldset>
    <${Typed} ...${{ draft, typed, flush, shown }} show=${() => read(draft) && show(shown)} />
    <${Told} look="ok" icon="shield"><b>${say("color-always")}</b> ${say("color-adapted")}<//>`;
}

/** @param {string} text @returns the six digits of a colour that is typed, if it is one */
const read = (text) => text.match(HEX)?.[1]?.toLowerCase();

/**
 * @param {{draft: string, typed: (text: string) => void, flush: () => void, shown: string, show: () => void}} props
 *   its code, and what the browser has to choose one
 */
function Typed({ draft, typed, flush, shown, show }) {
  const [left, setLeft] = useState(false);
  const wrong = left && !read(draft);
  const leave = () => {
    flush();
    setLeft(true);
    show();
  };
  const type = (/** @type {string} */ text) => {
    setLeft(false);
    typed(text);
  };
  return html`<div class="row low above-less">
      <${TextField}
        ...${{ id: "color-code", label: say("color-code"), value: draft, set: type, look: "code short" }}
        ...${{ "data-field": "color", spellcheck: "false", onblur: leave, invalid: wrong, describedby: wrong && "color-wrong" }}
      />
      <div>
        <label for="color-picker">${say("question-color-picker")}</label>
        <input class="in swatchbox" type="color" id="color-picker" value=${shown} oninput=${held(typed)} onchange=${flush} />
      </div>
    </div>
    ${wrong && html`<${Told} look="fault" id="color-wrong" role="alert">${say("color-wrong", { value: draft })}<//>`}`;
}
