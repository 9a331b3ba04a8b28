// What is shown when the campaign cannot be read, when somebody else is at work, when something was left unfinished,
// and when the program is gone.
import { Dialog } from "../components/dialog.js";
import { Aside, View } from "../components/view.js";
import { Icon } from "../icons.js";
import { go } from "../router.js";
import { change, engine, open, put, useStore, watch } from "../store.js";
import { html, useState } from "../vendor/htm-preact.js";
import { clock, size, words } from "../words.js";

export function Locked() {
  const t = words().lock;
  const { lock, campaign } = useStore();
  const [taking, setTaking] = useState(false);
  if (!lock) return null;
  const { who, since } = lock;
  const folder = campaign?.folder.split(/[\\/]/).findLast(Boolean) ?? "";
  const use = async (/** @type {"take" | "copy"} */ name) => {
    await change(name);
    await open();
  };
  const ways = [
    { name: t.watch, text: t.watchText(who), button: t.watchButton, look: "btn first", run: watch },
    { name: t.copy, text: t.copyText(folder), button: t.copyButton, look: "btn", run: () => use("copy") },
    { name: t.take, text: t.takeText(who), button: t.takeButton, look: "btn danger", run: () => setTaking(true) },
  ];
  return html`<${View}
    title=${t.title}
    lead=${t.lead(who, clock(since), campaign?.title ?? "")}
    above
    see=${false}
    bottom=${false}
    page=${html`<${Aside} label=${t.now}>
      <section class="card" aria-labelledby="lock-now">
        <h2 id="lock-now">${t.now}</h2>
        ${campaign?.savedAt && html`<p class="above-less">${t.saved(clock(campaign.savedAt))}</p>`}
        <p class="small mute above-less">${t.left(who)}</p>
      </section>
    <//>`}
  >
    <section class="card" aria-labelledby="lock-ways">
      <h2 id="lock-ways">${t.what}</h2>
      <${Choices} choices=${ways} />
    </section>
    ${
      taking &&
      html`<${Dialog}
        title=${t.sure(who)}
        onClose=${() => setTaking(false)}
        footer=${html`<button class="btn" type="button" data-first onclick=${() => setTaking(false)}>
            ${words().cancel}
          </button>
          <button class="btn danger" type="button" onclick=${() => use("take")}>${t.take}</button>`}
      >
        <p>${t.sureText(who)}</p>
      <//>`
    }
  <//>`;
}

/**
 * Lists what somebody can do, each with its button beside it.
 * @param {{choices: {name: string, text: string | null, button: string, look: string, run: () => void}[]}} props
 */
function Choices({ choices }) {
  return html`${choices.map(
    ({ name, text, button, look, run }, index) =>
      html`<div class=${index ? "row between apart" : "row between above"} key=${name}>
        <div class="grow">
          <h3>${name}</h3>
          <p class="small mute">${text}</p>
        </div>
        <button class=${look} type="button" onclick=${run}>${button}</button>
      </div>`,
  )}`;
}

/** Where another window of the browser has the campaign, which only one can have. */
export function Elsewhere() {
  const t = words().browser;
  const { erased } = useStore();
  if (erased) return html`<${View} title=${t.erased} lead=${t.erasedLead} bottom=${false}><//>`;
  const take = async () => {
    await change("take");
    await open();
  };
  return html`<${View} title=${t.elsewhere} lead=${t.elsewhereLead} bottom=${false}>
    <div class="row"><button class="btn first big" type="button" onclick=${take}>${t.here}</button></div>
  <//>`;
}

/** Once somebody has ended the program. */
export function Ended() {
  const t = words().end;
  return html`<${View} title=${t.title} lead=${t.lead} bottom=${false}><//>`;
}

/** While the program comes: how much of it is there. */
export function Loading() {
  const t = words().browser;
  const { loading } = useStore();
  const far = loading && Math.min(100, Math.round((100 * loading.done) / loading.total));
  return html`<main id="work" tabindex="-1">
    ${
      loading &&
      html`<div class="stack far loading">
        <h1 tabindex="-1">${t.loading}</h1>
        <p class="lead" role="status">${loading.done < loading.total ? t.loadingText(size(loading.total)) : t.starting}</p>
        <div class="progress" role="progressbar" aria-label=${t.loading} aria-valuemin="0" aria-valuemax="100"
          aria-valuenow=${far}>
          <span style=${{ width: `${far}%` }}></span>
        </div>
      </div>`
    }
  </main>`;
}

export function Broken() {
  const t = words().broken;
  const { broken } = useStore();
  const [copied, setCopied] = useState(false);
  if (!broken) return null;
  const { before, place, text, wayOut } = broken;
  const takeBack = async () => {
    await change("undo");
    await open();
  };
  const back = {
    name: t.back,
    text: before && t.backText(before.text, before.at && clock(before.at)),
    button: t.backButton,
    look: "btn first",
    run: takeBack,
  };
  const again = {
    name: t.mended,
    text: t.mendedText,
    button: t.again,
    look: before ? "btn" : "btn first",
    run: open,
  };
  return html`<${View} title=${t.title} lead=${t.lead} bottom=${false}>
    <div class="duo"><section class="card" aria-labelledby="broken-ways">
      <h2 id="broken-ways">${t.what}</h2>
      <${Choices} choices=${before ? [back, again] : [again]} />
      <details class="folded apart">
        <summary><${Icon} name="open" />${t.where}</summary>
        <p class="above-less"><b class="code">${place}</b></p>
        <p>${text}</p>
        ${wayOut && html`<p>${wayOut}</p>`}
        <button
          class="btn small above-less"
          type="button"
          onclick=${() => navigator.clipboard.writeText([place, text, wayOut].filter(Boolean).join("\n")).then(() => setCopied(true))}
        >
          ${copied ? t.copied : t.copy}
        </button>
      </details>
    </section></div>
  <//>`;
}

export function Unfinished() {
  const t = words().unfinished;
  const { unfinished, campaign } = useStore();
  if (!unfinished || !campaign) return null;
  const { text, at, row, done } = unfinished;
  return html`<${View}
    title=${t.title}
    lead=${t.lead(clock(campaign.savedAt))}
    above
    see=${false}
    bottom=${false}
    page=${html`<${Aside} label=${t.happened}>
      <section class="card" aria-labelledby="happened">
        <h2 id="happened">${t.happened}</h2>
        <p class="small mute above-less">${t.happenedText}</p>
      </section>
    <//>`}
  >
    <section class="card">
      ${
        done.length > 0 &&
        html`<h2>${t.last}</h2>
          <ul class="ticks above-less">
            ${done.map(
              (one, index) =>
                html`<li key=${index}>
                  <${Icon} name="check" /><span>${one.text}</span>
                  <span class="push">${one.at && clock(one.at)}</span>
                </li>`,
            )}
          </ul>`
      }
      <div class=${done.length ? "note warn above" : "note warn"}>
        <${Icon} name="pencil" />
        <div>
          <h2>${at.line ? t.open : t.standing}</h2>
          <p class="small">${text}</p>
        </div>
      </div>
      <div class="row above">
        <button
          class="btn first big"
          type="button"
          onclick=${() => {
            put({ unfinished: null });
            go(at);
          }}
        >
          ${at.line ? t.resumeLine(row) : t.resume}<${Icon} name="right" />
        </button>
        <button
          class="btn big"
          type="button"
          onclick=${() => {
            put({ unfinished: null });
            go(at.station === "list" ? "#/liste/colonnes" : "#/");
          }}
        >
          ${at.station === "list" ? t.columns : t.home}
        </button>
      </div>
    </section>
  <//>`;
}

export function Gone() {
  const t = words().gone;
  const { gone, campaign } = useStore();
  const [copied, setCopied] = useState(false);
  const field = document.activeElement;
  const [here] = useState(() =>
    field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement ? field.value : "",
  );
  const typed = gone?.length ? gone.join("\n") : here;
  return html`<${Dialog}
    title=${t.title}
    alert
    footer=${html`${
        typed &&
        html`<button
          class="btn"
          type="button"
          onclick=${() => navigator.clipboard.writeText(typed).then(() => setCopied(true))}
        >
          ${copied ? t.copied : t.copy}
        </button>`
      }<button class="btn first" type="button" data-first onclick=${() => engine.retry()}>${t.retry}</button>`}
  >
    <p>${campaign ? t.text(clock(campaign.savedAt)) : t.textFresh}</p>
    ${
      engine.hasFolder &&
      html`<ol class="list">
          ${t.steps.map((step) => html`<li key=${step}>${step}</li>`)}
        </ol>
        <p class="small mute" role="status"><${Icon} name="clock" /> ${t.retrying}</p>`
    }
  <//>`;
}
