// The colour: one in, everything else out. It cannot be made unreadable, and that is shown.
import { change, useStore } from "../store.js";
import { html, useEffect, useRef, useState } from "../vendor/htm-preact.js";
import { decimal, say } from "../words.js";
import { Button, held, Told } from "./basics.js";
import { useDraft } from "./draft.js";
import { TextField } from "./field.js";

const INK = "#16213a";
const PAPER = "#ffffff";

/** @param {string} color as `#rrggbb` */
const channels = (color) => [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16));

/** Returns the relative luminance, as WCAG 2 defines it. @param {string} color */
function luminance(color) {
  const [red = 0, green = 0, blue = 0] = channels(color).map((value) => {
    const part = value / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Returns the ratio of contrast of two colours, from 1 to 21. @param {string} one @param {string} other */
export function contrast(one, other) {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** Returns what follows from a colour: the text on it, and itself as text on white. @param {string} color */
function palette(color) {
  const on = contrast(color, PAPER) >= 4.5 ? PAPER : INK;
  let text = color;
  while (contrast(text, PAPER) < 5) {
    const darker = channels(text).map((value) => Math.round(value * 0.9).toString(16).padStart(2, "0"));
    text = `#${darker.join("")}`;
  }
  return { on, text, onRatio: contrast(color, on), textRatio: contrast(text, PAPER), kept: text === color };
}

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
    <${Proofs} color=${shown} />`;
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

/** @param {{color: string}} props shows that text on it, and text that has it, can be read */
function Proofs({ color }) {
  const { on, text, onRatio, textRatio, kept } = palette(color);
  return html`<div class="proofs above-less">
      <div class="proof" style=${{ background: color, color: on }}>
        <span>${say("color-on-it")}</span><small>${say("color-ratio", { value: decimal(onRatio) })}</small>
      </div>
      <div class="proof" style=${{ background: PAPER, color: text }}>
        <span>${say("color-as-text")}</span><small>${say("color-ratio", { value: decimal(textRatio) })}</small>
      </div>
    </div>
    <${Told} look="ok" icon="shield"><b>${say("color-always")}</b> ${kept ? say("color-kept") : say("color-darker")}<//>`;
}
