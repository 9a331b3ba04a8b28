// Icons: 24 by 24, lines of two, drawn in the colour of the text beside them.
import { html } from "./vendor/htm-preact.js";

const SHAPES = {
  leaflet: html`<rect class="soft" x="4" y="2.5" width="16" height="19" rx="2.5" /><path
      d="M8 7.500h8M8 11.500h4"
    /><path d="M9.500 16.500l2 2 4-4.500" />`,
  check: html`<path d="M4 12.500L9.500 18 20 6.500" />`,
  undo: html`<path d="M8 4L3.500 8.500 8 13M4 8.500h10a5.500 5.500 0 0 1 0 11H9" />`,
  redo: html`<path d="M16 4l4.500 4.500L16 13M20 8.500H10a5.500 5.500 0 0 0 0 11h5" />`,
  shield: html`<path class="soft" d="M12 2.200L20 5v7c0 5-4 8.200-8 9.800-4-1.600-8-4.800-8-9.800V5z" /><path
      d="M8.200 11.800l2.800 2.800L16 9"
    />`,
  help: html`<circle class="soft" cx="12" cy="12" r="9.500" /><path
      d="M9 9.500c0-4.500 6.200-4.100 6-.1-.2 2.400-3 2.400-3 4.800"
    /><circle class="dot" cx="12" cy="17.600" r="1.100" />`,
  right: html`<path d="M3 12h17.500M14 5.500l6.500 6.500-6.500 6.500" />`,
  left: html`<path d="M21 12H3.500M10 5.500L3.500 12l6.500 6.500" />`,
  down: html`<path d="M12 4v15.500M5.500 13l6.500 6.500 6.500-6.500" />`,
  up: html`<path d="M12 20V4.500M5.500 11L12 4.500l6.500 6.500" />`,
  open: html`<path d="M9 5l7 7-7 7" />`,
  cross: html`<path d="M5.500 5.500l13 13M18.500 5.500l-13 13" />`,
  plus: html`<path d="M12 4v16M4 12h16" />`,
  pencil: html`<path class="soft" d="M4 20l1-5L16 4l4 4L9 19z" />`,
  table: html`<rect class="soft" x="3" y="4" width="18" height="16" rx="2" /><path d="M3 10h18M3 15h18M10 4v16" />`,
  paste: html`<rect class="soft" x="4.500" y="4" width="15" height="18" rx="2" /><path
      d="M9 2.500h6V6H9zM8.500 11h7M8.500 15h7"
    />`,
  upload: html`<path d="M12 16V3.500M6 9l6-6 6 6M4 15v5h16v-5" />`,
  download: html`<path d="M12 3v13M6 10.500l6 6 6-6M4 21h16" />`,
  alert: html`<circle class="soft" cx="12" cy="12" r="9.500" /><path d="M12 6.500v7" /><circle
      class="dot"
      cx="12"
      cy="17.200"
      r="1.200"
    />`,
  clock: html`<circle class="soft" cx="12" cy="12" r="9.500" /><path d="M12 6.500V12l4 2.500" />`,
  lock: html`<rect class="soft" x="4.500" y="10.500" width="15" height="11" rx="2" /><path
      d="M8 10.500V7c0-5 8-5 8 0v3.500M12 15.500V18"
    />`,
  phone: html`<rect class="soft" x="6.500" y="1.500" width="11" height="21" rx="2.200" /><path
      d="M10.600 19.400h2.800"
    />`,
  eye: html`<path class="soft" d="M1.500 12c4-8 17-8 21 0-4 8-17 8-21 0z" /><circle cx="12" cy="12" r="3" />`,
  tray: html`<path class="soft" d="M2.500 13l3-9h13l3 9v7h-19z" /><path d="M2.500 13H8l1.500 3h5L16 13h5.500" />`,
  folder: html`<path
    class="soft"
    d="M2.500 6.500a2 2 0 0 1 2-2H9l2.500 3h8a2 2 0 0 1 2 2v8.500a2 2 0 0 1-2 2h-15a2 2 0 0 1-2-2z"
  />`,
  sheet: html`<path class="soft" d="M5 2.500h10l4 4v15H5z" /><path d="M15 2.500v4h4M8 10.500h8M8 14h5" />`,
  bin: html`<path d="M4 6.500h16M9 6.500V3.500h6v3M6 6.500l1 14.500h10l1-14.500M10 11v6M14 11v6" />`,
  offline: html`<path
      d="M3 3l18 18M5 12.500a10 10 0 0 1 4-2.300M2 8.500a15 15 0 0 1 4-2.600M12 6c4 0 7.500 1 10 3.500"
    /><path d="M15 10.700c1.500.4 2.900 1 4 1.800M8.500 16c2-1.500 5-1.500 7 0" /><circle
      class="dot"
      cx="12"
      cy="19.500"
      r="1.300"
    />`,
  disk: html`<rect class="soft" x="3" y="4" width="18" height="16" rx="2" /><path d="M3 14h18" /><circle
      class="dot"
      cx="17"
      cy="17"
      r="1.100"
    />`,
  zip: html`<path class="soft" d="M5 2.500h10l4 4v15H5z" /><path
      d="M10 3v1.500M12 6v1.500M10 9v1.500M12 12v1.500"
    /><rect x="9" y="15" width="4" height="3.500" rx="1" />`,
  printer: html`<path d="M7 8V3h10v5" /><rect class="soft" x="3" y="8" width="18" height="9" rx="2" /><path
      d="M7 14h10v7H7z"
    />`,
  press: html`<rect class="soft" x="3" y="3" width="18" height="18" rx="1" /><path
      d="M7 7h10v10H7zM12 1v3M12 20v3M1 12h3M20 12h3"
    />`,
  parcel: html`<path class="soft" d="M3 7.500L12 3l9 4.500v9L12 21l-9-4.500z" /><path
      d="M3 7.500l9 4.500 9-4.500M12 12v9"
    />`,
  mail: html`<rect class="soft" x="2" y="5" width="20" height="14" rx="2" /><path
      d="M2.800 6.200L12 13l9.200-6.800"
    />`,
  card: html`<rect class="soft" x="2.500" y="5" width="19" height="14" rx="2" /><path d="M6 10h7M6 14.500h12" />`,
};

/** @typedef {keyof typeof SHAPES} IconName */

/** @param {{name: IconName, class?: string}} props */
export function Icon({ name, class: extra = "" }) {
  return html`<svg class=${`icon ${extra}`} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    ${SHAPES[name]}
  </svg>`;
}
