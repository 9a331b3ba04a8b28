// La liste, first part, for a workbook of several sheets: each was tried, and those that are lists are ticked.
/** @import { List, SheetOfList } from "../contract" */
import { focusOn } from "../actions.js";
import { Button, Headings, Pick } from "../components/basics.js";
import { HeaderRow } from "../components/list.js";
import { Desk } from "../components/page.js";
import { Aside } from "../components/view.js";
import { Icon } from "../icons.js";
import { go } from "../router.js";
import { change } from "../store.js";
import { html, useState } from "../vendor/htm-preact.js";
import { number, say, sayLines } from "../words.js";

/** Returns what somebody has ticked, and what the button under the sheets does with it. @param {List | null} list */
export function useSheets(list) {
  const sheets = list?.sheets ?? [];
  const read = sheets.filter((sheet) => sheet.read).map(({ name }) => name);
  const [ticked, setTicked] = useState(/** @type {string[] | null} */ (null));
  const [seen, see] = useState("");
  const names = ticked ?? read;
  const chosen = sheets.filter(({ name }) => names.includes(name));
  const lines = chosen.reduce((sum, sheet) => sum + sheet.lines, 0);
  return {
    sheets,
    chosen,
    shown: sheets.find(({ name }) => name === seen) ?? chosen[0] ?? sheets[0],
    see,
    /** Ticks a sheet or not. Lists are read together; a sheet that is none is read alone. @param {SheetOfList} sheet */
    tick: ({ name, isList }) => {
      const others = names.filter((other) => other !== name && sheets.find((one) => one.name === other)?.isList);
      setTicked(names.includes(name) ? others : isList ? [...others, name] : [name]);
    },
    /** @param {number} headerRow of the one sheet that is read */
    setHeader: (headerRow) => change("sheet", { sheets: names, headerRow }),
    left: chosen.length ? say("sheets-left", { count: chosen.length, rows: lines }) : say("sheets-left-none"),
    text: say("sheets-next", { count: chosen.length }),
    /** @param {string} address where the list is gone on with */
    run: async (address) => {
      if (!chosen.length) return focusOn(document.querySelector(".sheets input"));
      const isSame = names.length === read.length && names.every((name) => read.includes(name));
      if (isSame || (await change("sheet", { sheets: chosen.map(({ name }) => name) })).done) go(address);
    },
  };
}

/** @typedef {ReturnType<typeof useSheets>} Chosen */

/** @param {{chosen: Chosen}} props */
export function Sheets({ chosen: { sheets, chosen, tick, see } }) {
  return html`<div class="sheet">
    <table class="map stackable sheets" role="table">
      <caption>${say("sheets-caption")}</caption>
      <${Headings} texts=${sayLines("sheets-headings")} />
      <tbody>
        ${sheets.map((sheet) => {
          const isTicked = chosen.includes(sheet);
          const { name, isList, found, lacks, headerRow, lines } = sheet;
          return html`<tr role="row" key=${name} onfocusin=${() => see(name)}>
            <th scope="row" role="rowheader">
              <${Pick}
                checked=${isTicked}
                data-field=${sheet === chosen[0] ? "sheets" : null}
                onchange=${() => tick(sheet)}
                >${name}<//>
            </th>
            <td role="cell" class="small mute">${found}${lacks && html`<br />${say("sheets-lacks", { names: lacks })}`}</td>
            <td role="cell">
              ${isTicked && chosen.length === 1 && sheet.read
                ? html`<div class="row tight">
                    <span class="small">${say("sheets-row")}</span>
                    <${HeaderRow} value=${headerRow || 1} sheets=${[name]} aria-label=${say("sheets-header-of", { name })} />
                  </div>`
                : headerRow
                  ? html`<span class="small">${say("sheets-row")} ${headerRow}</span>`
                  : html`<span class="mute" aria-hidden="true">–</span>`}
            </td>
            <td role="cell"><b>${lines ? number(lines) : "–"}</b><span class="on-phone small"> ${say("sheets-lines", { count: lines })}</span></td>
            <td role="cell">
              ${isTicked
                ? html`<span class="tag good"><${Icon} name="check" />${isList ? say("sheets-is-list") : say("sheets-is-read")}</span>`
                : html`<span class="tag line">${say("left-out")}</span>`}
            </td>
          </tr>`;
        })}
      </tbody>
    </table>
    <p class="foot small mute">${say("sheets-twice")}</p>
  </div>`;
}

/** @param {{chosen: Chosen}} props the first rows of the sheet that one is at, so that one sees where its titles are */
export function FirstRows({ chosen: { shown, chosen, setHeader } }) {
  if (!shown) return null;
  const { name, first, headerRow, read } = shown;
  const width = Math.min(3, Math.max(1, ...first.map(({ cells }) => cells.length)));
  const canMove = read && chosen.length === 1 && chosen[0] === shown;
  const row = headerRow || 1;
  return html`<${Aside} label=${say("sheets-beginning", { name })}>
    <${Desk}
      title=${say("sheets-beginning", { name })}
      caption=${headerRow ? say("sheets-found", { row: headerRow }) : say("sheets-no-header")}
      below=${canMove && html`<div class="ways">
        <${Button} look="btn small" disabled=${row < 2} run=${() => setHeader(row - 1)} icon="up">
          ${say("sheets-up")}
        <//>
        <${Button} look="btn small" run=${() => setHeader(row + 1)} icon="down">${say("sheets-down")}<//>
      </div>`}
      onkeydown=${(/** @type {KeyboardEvent} */ event) => {
        const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
        if (!step || !canMove) return;
        event.preventDefault();
        setHeader(row + step);
      }}
    >
      <table class="first-rows">
        <tbody>
          ${first.map(({ line, cells }) =>
            html`<tr key=${line} class=${line === headerRow ? "heads" : line < headerRow ? "over" : null}>
              <th scope="row">${line}</th>
              ${Array.from({ length: width }, (_, at) => html`<td key=${at}>${cells[at] ?? ""}</td>`)}
            </tr>`)}
        </tbody>
      </table>
    <//>
  <//>`;
}
