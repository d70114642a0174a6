// The dialog that asks again before something is done.

import { h } from "./dom.js";
import { text, words } from "./mrkdwn.js";

export function confirm(dialog) {
  return new Promise((resolve) => {
    const before = document.activeElement;
    const done = (answer) => {
      layer.remove();
      before?.focus?.();
      resolve(answer);
    };
    const yes = h("button", { type: "button", class: `button ${dialog.style === "danger" ? "danger" : "primary"}`, onclick: () => done(true) }, words(dialog.confirm) || "Yes");
    const no = h("button", { type: "button", class: "button plain", onclick: () => done(false) }, words(dialog.deny) || "Cancel");
    const layer = h("div", { class: "veil top" },
      h("div", { class: "dialog small", role: "alertdialog", "aria-modal": "true", "aria-labelledby": "confirm-title" },
        h("h2", { id: "confirm-title" }, words(dialog.title)), h("div", { class: "dialog-body" }, text(dialog.text)),
        h("div", { class: "dialog-foot" }, no, yes)));
    layer.addEventListener("keydown", (event) => {
      if (event.key === "Escape") { event.stopPropagation(); done(false); }
      if (event.key === "Tab") { event.preventDefault(); (document.activeElement === yes ? no : yes).focus(); }
    });
    document.getElementById("layers").append(layer);
    yes.focus();
  });
}
