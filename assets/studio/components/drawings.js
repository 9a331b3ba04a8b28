// Drawings of what is made, for when there is no page of one's own yet.
import { html } from "../vendor/htm-preact.js";

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
    ${[line(14, 13, 48, "#fff", 6), line(14, 23, 36, "#ffd84d", 5), code(76, 12, 20)]}
    <path d="M14 32h18v10H14zM40 32h18v10H40z" fill="#fff" />
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

export const CardDrawing = () =>
  html`<svg class="drawn" viewBox="0 0 200 128" aria-hidden="true" focusable="false">
    <rect x="5" y="5" width="190" height="118" rx="6" fill="#fff" stroke="#d5dae6" />
    <path d="M5 11a6 6 0 0 1 6-6h178a6 6 0 0 1 6 6v26H5z" fill="#1f3a93" />
    ${[line(16, 14, 76, "#fff", 7), line(16, 26, 50, "#ffd84d", 5), line(150, 17, 34, "#fff", 5)]}
    ${[line(16, 50, 52, "#16213a", 5), line(16, 76, 168, "#6b7690", 2)]}
    ${[line(16, 88, 60, "#16213a", 5), line(16, 111, 168, "#6b7690", 2)]}
  </svg>`;
