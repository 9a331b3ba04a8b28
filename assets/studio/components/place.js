// Another folder for the files that are made: one of those with enough room, or one that is named by its address.
/** @import { Fault } from "../contract" */
import { focusOn } from "../actions.js";
import { choosePlace, forget, useLoaded, useStore } from "../store.js";
import { html, useEffect, useState } from "../vendor/htm-preact.js";
import { say, size } from "../words.js";
import { Button, Form, Pick } from "./basics.js";
import { Dialog } from "./dialog.js";
import { FieldFaults } from "./fault.js";
import { TextField } from "./field.js";

/** The faults of an address that leads to no folder. */
const NOWHERE = new Set(["W205", "W211"]);

/** Where a folder may be, on each system: the address of the campaign tells which one it is. */
const STICKS = { windows: "E:\\", mac: "/Volumes/CLE/", other: "/media/CLE/" };

/** @param {{close: () => void}} props */
export function PlaceDialog({ close }) {
  const loaded = useLoaded("places").value;
  const places = loaded?.places ?? [];
  const folder = useStore().campaign?.folder ?? "";
  const system = folder.includes("\\") ? "windows" : folder.startsWith("/Users/") ? "mac" : "other";
  const example = STICKS[system] + say("make-place-election");
  const [picked, setPicked] = useState("");
  const [typed, setTyped] = useState("");
  const [fault, setFault] = useState(/** @type {Fault | null} */ (null));
  useEffect(() => forget("places"), []); // a stick may have come since
  const take = async () => {
    const wanted = typed.trim() || picked || places[0]?.path || "";
    const refused = wanted ? await choosePlace(wanted) : null;
    const instead = refused && NOWHERE.has(refused.code) && places.length > 0;
    const above = say("make-place-above", { count: places.length, name: places[0]?.name ?? "", address: example });
    setFault(instead ? { ...refused, ways: [{ text: above }] } : refused);
    if (!wanted || refused) return focusOn(document.querySelector("#place"));
    close();
    requestAnimationFrame(() => {
      if (document.activeElement === document.body) focusOn(document.querySelector("main .btn.first"));
    });
  };
  const pick = (/** @type {string} */ path) => {
    setPicked(path);
    setTyped("");
    setFault(null);
  };
  const now = typed ? "" : picked || places[0]?.path;
  return html`<${Dialog}
    title=${say("make-place-title")}
    lead=${say("make-place-lead")}
    onClose=${close}
    footer=${html`<${Button} run=${close}>${say("cancel")}<//>
      <${Button} look="btn first" submit form="places" data-first>${say("make-place-take")}<//>`}
  >
    <${Form} id="places" class="stack" keep=${take}>
      ${places.length > 0 && html`<${Places} places=${places} now=${now} pick=${pick} />`}
      ${loaded && !places.length && html`<p>${say("make-place-none")}</p>`}
      <div>
        <${TextField}
          ...${{ id: "place", label: say("make-place-other"), hint: say("make-place-other-hint", { system }), value: typed }}
          ...${{ set: setTyped, look: "code", spellcheck: "false", invalid: fault != null, describedby: fault && "place-fault" }}
          placeholder=${say("make-place-example", { address: example })}
        />
        ${fault && html`<div role="alert"><${FieldFaults} faults=${[fault]} id="place-fault" /></div>`}
      </div>
    <//>
  <//>`;
}

/** @param {{places: import("../contract").Place[], now: string | undefined, pick: (path: string) => void}} props those with room */
const Places = ({ places, now, pick }) =>
  html`<fieldset>
    <legend class="h3">${say("make-place-found")}</legend>
    ${places.map(({ path, name, free }) =>
      html`<${Pick} type="radio" key=${path} name="place" checked=${path === now} onchange=${() => pick(path)}>
        <b>${name}</b>${free != null && html`<small>${say("make-place-free", { size: size(free) })}</small>`}
      <//>`)}
  </fieldset>`;
