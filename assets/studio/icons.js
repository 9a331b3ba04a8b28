// Icons: 24 by 24, lines of two, drawn in the colour of the text beside them.
import { html } from "./vendor/htm-preact.js";

/** @param {number} x @param {number} y @param {number} r */
const disc = (x, y, r) => `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`;

/** @param {number} x @param {number} y @param {number} w @param {number} h @param {number} r of its corners */
const box = (x, y, w, h, r) =>
  `M${x + r} ${y}h${w - 2 * r}a${r} ${r} 0 0 1 ${r} ${r}v${h - 2 * r}a${r} ${r} 0 0 1 ${-r} ${r}h${2 * r - w}` +
  `a${r} ${r} 0 0 1 ${-r} ${-r}v${2 * r - h}a${r} ${r} 0 0 1 ${r} ${-r}z`;

/** The lines of each icon, what is soft behind them, and its dots. */
const SHAPES = {
  leaflet: ["M8 7.5h8M8 11.5h4M9.5 16.5l2 2 4-4.5", box(4, 2.5, 16, 19, 2.5)],
  check: ["M4 12.5L9.5 18 20 6.5"],
  undo: ["M8 4L3.5 8.5 8 13M4 8.5h10a5.5 5.5 0 0 1 0 11H9"],
  redo: ["M16 4l4.5 4.5L16 13M20 8.5H10a5.5 5.5 0 0 0 0 11h5"],
  shield: ["M8.2 11.8l2.8 2.8L16 9", "M12 2.2L20 5v7c0 5-4 8.2-8 9.8-4-1.6-8-4.8-8-9.8V5z"],
  help: ["M9 9.5c0-4.5 6.2-4.1 6-.1-.2 2.4-3 2.4-3 4.8", disc(12, 12, 9.5), disc(12, 17.6, 1.1)],
  right: ["M3 12h17.5M14 5.5l6.5 6.5-6.5 6.5"],
  left: ["M21 12H3.5M10 5.5L3.5 12l6.5 6.5"],
  down: ["M12 4v15.5M5.5 13l6.5 6.5 6.5-6.5"],
  up: ["M12 20V4.5M5.5 11L12 4.5l6.5 6.5"],
  open: ["M9 5l7 7-7 7"],
  cross: ["M5.5 5.5l13 13M18.5 5.5l-13 13"],
  plus: ["M12 4v16M4 12h16"],
  pencil: ["", "M4 20l1-5L16 4l4 4L9 19z"],
  table: ["M3 10h18M3 15h18M10 4v16", box(3, 4, 18, 16, 2)],
  paste: ["M9 2.5h6V6H9zM8.5 11h7M8.5 15h7", box(4.5, 4, 15, 18, 2)],
  upload: ["M12 16V3.5M6 9l6-6 6 6M4 15v5h16v-5"],
  download: ["M12 3v13M6 10.5l6 6 6-6M4 21h16"],
  alert: ["M12 6.5v7", disc(12, 12, 9.5), disc(12, 17.2, 1.2)],
  clock: ["M12 6.5V12l4 2.5", disc(12, 12, 9.5)],
  lock: ["M8 10.5V7c0-5 8-5 8 0v3.5M12 15.5V18", box(4.5, 10.5, 15, 11, 2)],
  phone: ["M10.6 19.4h2.8", box(6.5, 1.5, 11, 21, 2.2)],
  eye: [disc(12, 12, 3), "M1.5 12c4-8 17-8 21 0-4 8-17 8-21 0z"],
  tray: ["M2.5 13H8l1.5 3h5L16 13h5.5", "M2.5 13l3-9h13l3 9v7h-19z"],
  folder: ["", "M2.5 6.5a2 2 0 0 1 2-2H9l2.5 3h8a2 2 0 0 1 2 2v8.5a2 2 0 0 1-2 2h-15a2 2 0 0 1-2-2z"],
  sheet: ["M15 2.5v4h4M8 10.5h8M8 14h5", "M5 2.5h10l4 4v15H5z"],
  bin: ["M4 6.5h16M9 6.5V3.5h6v3M6 6.5l1 14.5h10l1-14.5M10 11v6M14 11v6"],
  offline: [
    "M3 3l18 18M5 12.5a10 10 0 0 1 4-2.3M2 8.5a15 15 0 0 1 4-2.6M12 6c4 0 7.5 1 10 3.5" +
      "M15 10.7c1.5.4 2.9 1 4 1.8M8.5 16c2-1.5 5-1.5 7 0",
    "",
    disc(12, 19.5, 1.3),
  ],
  disk: ["M3 14h18", box(3, 4, 18, 16, 2), disc(17, 17, 1.1)],
  zip: [`M10 3v1.5M12 6v1.5M10 9v1.5M12 12v1.5${box(9, 15, 4, 3.5, 1)}`, "M5 2.5h10l4 4v15H5z"],
  printer: ["M7 8V3h10v5M7 14h10v7H7z", box(3, 8, 18, 9, 2)],
  press: ["M7 7h10v10H7zM12 1v3M12 20v3M1 12h3M20 12h3", box(3, 3, 18, 18, 1)],
  parcel: ["M3 7.5l9 4.5 9-4.5M12 12v9", "M3 7.5L12 3l9 4.5v9L12 21l-9-4.5z"],
  mail: ["M2.8 6.2L12 13l9.2-6.8", box(2, 5, 20, 14, 2)],
  card: ["M6 10h7M6 14.5h12", box(2.5, 5, 19, 14, 2)],
};

/** @typedef {keyof typeof SHAPES} IconName */

/** @param {{name: IconName, class?: string}} props */
export function Icon({ name, class: extra = "" }) {
  const [lines = "", soft = "", dots = ""] = SHAPES[name];
  return html`<svg class=${`icon ${extra}`} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    ${soft && html`<path class="soft" d=${soft} />`}<path d=${lines} />${dots && html`<path class="dot" d=${dots} />`}
  </svg>`;
}
