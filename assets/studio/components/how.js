// How to print: three drawings and what they mean.
import { html } from "../vendor/htm-preact.js";

const INK = "#16213a";

const SCALE = () =>
  html`<svg viewBox="0 0 200 120" aria-hidden="true">
    <rect x="14" y="14" width="172" height="92" rx="6" fill="#fff" stroke=${INK} stroke-width="2.5" />
    <circle cx="34" cy="42" r="7" fill="none" stroke="#6b7690" stroke-width="2" />
    <rect x="50" y="38" width="70" height="7" rx="3" fill="#c9cfdf" />
    <circle cx="34" cy="76" r="7" fill="none" stroke="#1f3a93" stroke-width="2.5" />
    <circle cx="34" cy="76" r="3.5" fill="#1f3a93" />
    <rect x="48" y="62" width="86" height="28" rx="5" fill="#ffd84d" />
    <text x="56" y="82" font-size="16">100 %</text>
  </svg>`;

const LONG_EDGE = () =>
  html`<svg
    viewBox="0 0 200 120"
    aria-hidden="true"
    fill="none"
    stroke=${INK}
    stroke-width="2.5"
    stroke-linejoin="round"
    stroke-linecap="round"
  >
    <rect x="34" y="14" width="58" height="88" rx="2" fill="#fff" />
    <rect x="34" y="14" width="58" height="24" fill="#1f3a93" stroke="none" />
    <path d="M44 52h38M44 62h30M44 72h36" />
    <path d="M108 14h58v88h-58z" fill="#d7dcec" />
    <path d="M118 30h38M118 44h38M118 58h26" />
    <path d="M100 8v104" stroke="#a3201b" stroke-width="3" stroke-dasharray="6 5" />
    <path d="M80 112c12 8 28 8 40 0l-8-1M120 112l-3 6.500" />
  </svg>`;

const TRIAL = () =>
  html`<svg
    viewBox="0 0 200 120"
    aria-hidden="true"
    fill="none"
    stroke=${INK}
    stroke-width="2.5"
    stroke-linecap="round"
  >
    <rect x="20" y="16" width="160" height="40" rx="2" fill="#fff" />
    <path d="M50 36h100M50 28v16M150 28v16" stroke="#1f3a93" stroke-width="3" />
    <path d="M30 70h150v35H30z" fill="#ffd84d" />
    <path d="M50 70v14M60 70v8M70 70v8M80 70v8M90 70v8M100 70v14M110 70v8M120 70v8M130 70v8M140 70v8M150 70v14" />
    <text x="80" y="100" font-size="13" stroke="none">50 mm</text>
  </svg>`;

const LEAFLET = () =>
  html`<svg viewBox="0 0 200 120" aria-hidden="true" fill="none" stroke=${INK} stroke-width="2.5" stroke-linejoin="round">
    <rect x="24" y="8" width="76" height="104" rx="2" fill="#fff" />
    <path d="M24 8h76v22H24z" fill="#1f3a93" stroke="none" />
    <path d="M36 42h28v28H36zM45 51h10v10H45zM74 46h16M74 58h16M36 84h54M36 98h40" />
    <rect x="126" y="26" width="46" height="82" rx="7" fill="#ffd84d" />
    <path d="M137 48h24v24h-24zM145 56h8v8h-8z" />
  </svg>`;

const DRAWINGS = { scale: SCALE, edge: LONG_EDGE, trial: TRIAL, leaflet: LEAFLET };

/** @param {{drawings: (keyof typeof DRAWINGS)[], steps: string[][]}} props steps: title and text of each */
export function How({ drawings, steps }) {
  return html`<ol class="how">
    ${drawings.map((drawing, index) => html`<li key=${drawing}>
      <div class="draw"><${DRAWINGS[drawing]} /></div>
      <div>
        <h3>${index + 1}. ${steps[index]?.[0]}</h3>
        <p class="small mute">${steps[index]?.[1]}</p>
      </div>
    </li>`)}
  </ol>`;
}
