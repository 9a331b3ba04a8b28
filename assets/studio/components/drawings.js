// Drawings of what is made, for when there is no page of one's own yet.
import { html } from "../vendor/htm-preact.js";
import { say } from "../words.js";

const text = (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ size, /** @type {string} */ said) =>
  html`<text x=${x} y=${y} font-size=${size}>${said}</text>`;

const line = (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ w, fill = "#c9cfdf", h = 4) =>
  html`<rect x=${x} y=${y} width=${w} height=${h} rx=${h / 2} fill=${fill} />`;

const picture = (/** @type {number} */ x, /** @type {number} */ y) =>
  html`<rect x=${x} y=${y} width="24" height="13" rx="2" fill="#dfe4f5" />`;

const code = (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ side) => {
  const cell = side / 7;
  return html`<rect x=${x} y=${y} width=${side} height=${side} fill="#fff" /><g fill="#16213a">
      ${[0, 1, 2, 4, 6, 7, 9, 12, 14, 16, 18, 20, 22, 25, 27, 29, 30, 32, 34, 35, 38, 40, 42, 43, 44, 46, 48].map(
        (at) =>
          html`<rect x=${x + (at % 7) * cell} y=${y + Math.floor(at / 7) * cell} width=${cell} height=${cell} />`,
      )}
    </g>`;
};

export const LeafletDrawing = () =>
  html`<svg class="drawn" viewBox="0 0 220 148" aria-hidden="true" focusable="false">
    <rect x="6" y="5" width="98" height="138" fill="#fff" stroke="#d5dae6" />
    <path d="M6 5h98v42H6z" fill="#1f3a93" />
    <g fill="#fff" font-weight="800">
      ${text(13, 18, 8.5, say("drawings-title"))} ${text(13, 25.5, 4.6, say("drawings-subtitle"))}
    </g>
    ${code(76, 12, 20)}
    <path d="M14 31h18v12H14zM40 31h18v12H40z" fill="#fff" />
    <g fill="#16213a" font-weight="800">${text(20.5, 40, 9, "3")} ${text(43, 40, 9, "10")}</g>
    ${[54, 76, 98].map((y) => [14, 44, 74].map((x) => picture(x, y)))}
    ${[70, 92, 114].map((y) => [14, 44, 74].map((x) => line(x, y, 22, "#c9cfdf", 3)))}
    <rect x="14" y="121" width="82" height="16" rx="2" fill="none" stroke="#6b7690" stroke-dasharray="3 2" />
    ${[line(18, 128, 42, "#6b7690", 1.5), line(18, 133, 42, "#6b7690", 1.5)]}
    <rect x="116" y="5" width="98" height="138" fill="#fff" stroke="#d5dae6" />
    <path d="M116 5h98v30h-98z" fill="#d7dcec" />
    ${[line(124, 13, 50, "#16213a", 5), line(124, 22, 38), code(186, 9, 20)]}
    ${[44, 52, 60, 68, 84, 92, 100].map((y) => line(124, y, y % 16 ? 82 : 64))}
    <rect x="124" y="112" width="82" height="12" rx="2" fill="#16213a" />
    ${[line(128, 116, 40, "#fff"), line(124, 131, 60)]}
  </svg>`;

/** A card as it is printed, for somebody who is no one. */
export const CardDrawing = () =>
  html`<svg class="drawn" viewBox="0 0 200 130" aria-hidden="true" focusable="false">
    <rect x="4" y="4" width="192" height="122" rx="4" fill="#fff" stroke="#d5dae6" />
    <g fill="#16213a" font-weight="700">
      ${text(14, 22, 11, say("drawings-portal"))} ${text(14, 36, 7.5, "exemple-vote.gouv.fr")}
      <g fill="#1f3a93">${text(14, 49, 7.5, say("drawings-days"))}</g>
      ${text(14, 66, 10, "Julie LABERT")} ${text(14, 82, 7, say("drawings-password"))}
    </g>
    ${[line(14, 101, 172, "#6b7690", 1.5), line(14, 111, 120, "#16213a", 3)]} ${code(138, 14, 48)}
  </svg>`;
