// The school of the names: its UAI is judged as it is typed, for with it the card gives the address of the académie.
/** @import { JudgedUai } from "../contract" */
import { engine, useLoaded } from "../store.js";
import { html, useEffect, useState } from "../vendor/htm-preact.js";
import { say } from "../words.js";
import { Button, Told } from "./basics.js";
import { TextField } from "./field.js";

const PAUSE = 500; // milliseconds after a key before a UAI is judged

/** @typedef {{name: string, town: string, uai: string}} School */

/** @param {School} school */
export const isNamed = ({ name, town }) => Boolean(name.trim() && town.trim());

/** @param {{school: School, set: (school: School) => void, focused?: boolean}} props */
export function SchoolFields({ school, set, focused = false }) {
  const { uai } = school;
  const [judged, setJudged] = useState(/** @type {JudgedUai | null} */ (null));
  const mailbox = useLoaded("sheets").value?.printsMailbox ?? true;
  const typed = uai.trim().toUpperCase();
  useEffect(() => {
    setJudged(null);
    if (!typed) return;
    const timer = setTimeout(async () => setJudged(await engine.call("judgeUai", { uai: typed })), PAUSE);
    return () => clearTimeout(timer);
  }, [typed]);
  const { academie = "", fault = "", proposal = "" } = judged ?? {};
  const of = (/** @type {keyof School} */ part) => ({
    value: school[part],
    set: (/** @type {string} */ text) => set({ ...school, [part]: text }),
  });
  return html`<div>
    <div class="beside code-last">
      <${TextField} id="school" label=${say("cards-school")} ...${of("name")} autocomplete="organization" focused=${focused} />
      <${TextField} id="town" label=${say("cards-town")} ...${of("town")} autocomplete="address-level2" />
      <${TextField} id="uai" label=${say("cards-uai")} ...${of("uai")} look="code" describedby="uai-why" invalid=${Boolean(fault)} />
    </div>
    <div id="uai-why" role="status">
      <${Told} look=${fault ? "fault" : academie ? "ok" : "hint"} icon=${fault ? "alert" : academie && "check"}>
        ${fault || academie || say("cards-uai-hint", { mailbox })}
      <//>
    </div>
    ${proposal && html`<div class="ways">
      <${Button} look="btn small" run=${() => set({ ...school, uai: proposal })}>
        ${say("cards-put-uai", { uai: proposal })}
      <//>
    </div>`}
  </div>`;
}
