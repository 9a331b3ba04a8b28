// How far the making is: seen at once, said each ten per cent and at the end.
/** @import { Progress as Far } from "../contract" */
import { html, useRef } from "../vendor/htm-preact.js";
import { number, words } from "../words.js";

/**
 * Returns how long it still takes, rounded so that it does not tremble.
 * @param {number | null} seconds
 */
export function timeLeft(seconds) {
  if (seconds == null) return "";
  const t = words().make;
  const rounded = seconds > 20 ? Math.round(seconds / 5) * 5 : Math.max(1, Math.round(seconds));
  return rounded >= 90 ? t.minutesLeft(Math.round(rounded / 60)) : t.secondsLeft(rounded);
}

/** @param {{far: Far, stopped?: string, unit: (count: string) => string}} props */
export function Progress({ far, stopped, unit }) {
  const t = words().make;
  const { done, total, secondsLeft } = far;
  const rest = stopped ?? timeLeft(secondsLeft);
  const said = useRef({ tenth: -1, text: "" });
  const tenth = total ? Math.floor((done / total) * 10) : 0;
  if (tenth !== said.current.tenth || stopped)
    said.current = { tenth, text: t.far(number(done), unit(number(total)), rest) };
  return html`<p class="huge">${number(done)} <span class="mute">${t.of(number(total))}</span></p>
    <div
      class="progress"
      role="progressbar"
      aria-label=${t.progress}
      aria-valuemin="0"
      aria-valuemax=${total}
      aria-valuenow=${done}
      aria-valuetext=${t.far(number(done), unit(number(total)), rest)}
    >
      <span style=${{ width: `${total ? (100 * done) / total : 0}%` }}></span>
    </div>
    <p class="unseen" role="status">${said.current.text}</p>`;
}
