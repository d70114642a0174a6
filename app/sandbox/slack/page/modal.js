// The modal on top of the stack: drawn anew when the app changes it, without losing what is being typed.

import { blocks } from "./blocks.js";
import { h, icon } from "./dom.js";
import { avatar } from "./messages.js";
import { text, words } from "./mrkdwn.js";
import { act, world } from "./world.js";

const typedIn = new Map(); // view id -> {block: {action: value}}
let drawn = "";
let layer = null;
let before = null;

const stamp = (view) => view && JSON.stringify([view.id, view.hash, view.errors, view.trouble, world.views.length]);

export function drawModal() {
  const view = world.views.at(-1);
  if (stamp(view) === drawn) return;
  drawn = stamp(view) ?? "";
  const focus = layer && rememberFocus();
  const scrolled = layer?.querySelector(".dialog-body")?.scrollTop ?? 0;
  const isNew = layer?.dataset.view !== view?.id;
  layer?.remove();
  if (!view) {
    layer = null;
    typedIn.clear();
    before?.focus?.();
    before = null;
    return;
  }
  before ??= document.activeElement;
  layer = draw(view);
  document.getElementById("layers").prepend(layer);
  if (isNew || !restoreFocus(focus)) focusFirst(view);
  if (!isNew) layer.querySelector(".dialog-body").scrollTop = scrolled;
}

function draw(view) {
  const { definition } = view;
  const typed = typedIn.get(view.id) ?? {};
  typedIn.set(view.id, typed);
  const values = structuredClone(view.values);
  for (const [block, byAction] of Object.entries(typed))
    for (const [action, value] of Object.entries(byAction))
      if (values[block]?.[action]) Object.assign(values[block][action], value);

  const submit = definition.submit && h("button", { type: "button", class: "button primary", disabled: definition.submit_disabled, onclick: send }, words(definition.submit));
  async function send() {
    if (!submit || submit.disabled) return;
    submit.disabled = true;
    submit.classList.add("busy");
    await act("submit", { view: view.id, values: typed });
    submit.disabled = false;
    submit.classList.remove("busy");
  }
  const close = (everything) => act("close", { view: view.id, everything });
  const keep = (block, element, value) => {
    typed[block.block_id] = { ...typed[block.block_id], [element.action_id]: value };
  };
  const spot = {
    container: { view: view.id }, values, errors: view.errors, surface: "modal", submit: send, typed: () => typed, changed: keep,
    press: (block, element, value) => {
      if (!["button", "overflow"].includes(element.type)) keep(block, element, value);
      if (block.type === "input" && !block.dispatch_action) return null;
      return act("act", { container: { view: view.id }, block_id: block.block_id, action_id: element.action_id, value, values: typed });
    },
  };
  const isStacked = world.views.length > 1;
  const node = h("div", { class: "veil", data: { view: view.id } },
    h("div", { class: "dialog", role: "dialog", "aria-modal": "true", "aria-labelledby": "modal-title" },
      h("div", { class: "dialog-head" },
        isStacked && h("button", { type: "button", class: "quiet-button", "aria-label": "Back", onclick: () => close(false) }, icon("back")),
        avatar(world.about.app.user),
        h("h2", { id: "modal-title" }, text(definition.title)),
        h("button", { type: "button", class: "quiet-button", "aria-label": "Close modal", onclick: () => close(true) }, icon("close"))),
      view.trouble && h("div", { class: "alert alert-error trouble", role: "alert" }, view.trouble),
      h("div", { class: "dialog-body blocks", tabindex: "-1" }, blocks(definition.blocks, spot)),
      h("div", { class: "dialog-foot" },
        h("button", { type: "button", class: "button plain", onclick: () => close(false) }, words(definition.close) || (submit ? "Cancel" : "Close")),
        submit)));
  node.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close(false);
    if (event.key === "Tab") keepInside(event, node);
  });
  return node;
}

function keepInside(event, node) {
  const inside = [...node.querySelectorAll("button, input, textarea, a[href]")].filter((one) => !one.disabled && one.offsetParent);
  const edge = event.shiftKey ? inside[0] : inside.at(-1);
  if (document.activeElement !== edge) return;
  event.preventDefault();
  (event.shiftKey ? inside.at(-1) : inside[0]).focus();
}

function rememberFocus() {
  const { activeElement: node } = document;
  return layer.contains(node) && { spot: node.dataset.spot, from: node.selectionStart, to: node.selectionEnd };
}

function restoreFocus(focus) {
  const node = focus?.spot && layer.querySelector(`[data-spot="${CSS.escape(focus.spot)}"]`);
  if (!node || layer.querySelector("[aria-invalid]")) return false;
  node.focus();
  if (focus.from !== null && focus.from !== undefined && node.setSelectionRange) try { node.setSelectionRange(focus.from, focus.to); } catch { /* dates have no caret */ }
  return true;
}

function focusFirst() {
  const first = layer.querySelector("[aria-invalid]") ?? layer.querySelector("[data-first]")
    ?? layer.querySelector(".dialog-body input.field, .dialog-body textarea") ?? layer.querySelector(".dialog-body");
  first.focus();
}
