// The elements people act on: buttons, fields, pickers, boxes to tick.

import { confirm } from "./confirm.js";
import { choices } from "./choices.js";
import { h, icon } from "./dom.js";
import { openMenu } from "./menu.js";
import { picture } from "./blocks.js";
import { text, words } from "./mrkdwn.js";

// `label` names the element to those who cannot see it; `field` is {id, error} inside an input block.
export function element(one, block, spot, label = "", field = {}) {
  const draw = DRAW[one.type] ?? (one.type.endsWith("_select") ? choices : unknown);
  const node = draw(one, block, spot, label || words(one.placeholder) || one.type, field);
  const focusable = node.matches("input, textarea, button") ? node : node.querySelector("input, textarea, button");
  if (focusable) {
    focusable.dataset.spot = `${block.block_id} ${one.action_id}`;
    if (field.id && !focusable.id) focusable.id = field.id;
    if (field.error) {
      focusable.setAttribute("aria-invalid", "true");
      focusable.setAttribute("aria-describedby", `${field.id}-error`);
    }
    if (one.focus_on_load) focusable.dataset.first = "";
  }
  return node;
}

const unknown = (one) => h("span", { class: "unknown" }, `(${one.type})`);
const held = (one, block, spot) => spot.values?.[block.block_id]?.[one.action_id] ?? {};
const kindOf = (one) => ["primary", "danger"].includes(one.style) ? one.style : "plain";

export async function asked(one) {
  return !one.confirm || (await confirm(one.confirm));
}

const DRAW = {
  button: (one, block, spot) => {
    const node = h("button", { type: "button", class: `button ${kindOf(one)}`, "aria-label": one.accessibility_label }, text(one.text));
    node.addEventListener("click", async () => {
      if (!(await asked(one))) return;
      if (one.url) window.open(one.url, "_blank", "noopener");
      await busily(node, () => spot.press(block, one, { value: one.value }));
    });
    return node;
  },
  workflow_button: (one) => h("button", { type: "button", class: `button ${kindOf(one)}` }, text(one.text)),
  icon_button: (one, block, spot) => DRAW.button(one, block, spot),
  image: (one) => picture(one),
  overflow: (one, block, spot) => {
    const node = h("button", { type: "button", class: "button plain overflow", "aria-label": "More options", "aria-haspopup": "menu" }, icon("more"));
    node.addEventListener("click", () => openMenu(node, one.options.map((option) => ({
      label: words(option.text),
      note: words(option.description),
      pick: async () => {
        if (!(await asked(one))) return;
        if (option.url) window.open(option.url, "_blank", "noopener");
        await busily(node, () => spot.press(block, one, { selected_option: option }));
      },
    }))));
    return node;
  },
  plain_text_input: typed, number_input: typed, email_text_input: typed, url_text_input: typed,
  rich_text_input: (one, ...rest) => typed({ ...one, multiline: true }, ...rest),
  datepicker: (one, ...rest) => dated(one, "date", "selected_date", ...rest),
  timepicker: (one, ...rest) => dated(one, "time", "selected_time", ...rest),
  datetimepicker: (one, block, spot, label, field) => dated(one, "datetime-local", "selected_date_time", block, spot, label, field),
  checkboxes: ticks, radio_buttons: ticks,
};

async function busily(node, work) {
  node.classList.add("busy");
  node.disabled = true;
  try { await work(); } finally {
    node.classList.remove("busy");
    node.disabled = false;
  }
}

function typed(one, block, spot, label, field) {
  const isLong = one.multiline;
  const node = h(isLong ? "textarea" : "input", {
    class: "field", id: field.id, rows: isLong ? 4 : undefined, type: isLong ? undefined : "text", autocomplete: "off",
    inputmode: one.type === "number_input" ? "decimal" : undefined, placeholder: words(one.placeholder),
    "aria-label": field.id ? undefined : label, value: held(one, block, spot).value ?? "",
  });
  const triggers = one.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  const left = one.max_length && h("span", { class: "left", "aria-hidden": "true" });
  const count = () => { if (left) left.textContent = String(one.max_length - node.value.length); };
  node.addEventListener("input", () => {
    count();
    spot.changed(block, one, { value: node.value });
    if (block.dispatch_action && triggers.includes("on_character_entered")) spot.press(block, one, { value: node.value });
  });
  node.addEventListener("keydown", (event) => {
    const isSent = event.key === "Enter" && (!isLong || event.metaKey || event.ctrlKey) && !event.isComposing;
    if (!isSent) return;
    event.preventDefault();
    if (block.dispatch_action && triggers.includes("on_enter_pressed")) spot.press(block, one, { value: node.value });
    else spot.submit?.();
  });
  count();
  return left ? h("div", { class: "counted" }, node, left) : node;
}

function dated(one, type, name, block, spot, label, field) {
  const value = held(one, block, spot)[name];
  const shown = type === "datetime-local" && value ? new Date(value * 1000).toISOString().slice(0, 16) : value;
  const node = h("input", { type, class: "field picker", id: field.id, "aria-label": field.id ? undefined : label, value: shown ?? "" });
  node.addEventListener("change", async () => {
    const chosen = type === "datetime-local" ? Date.parse(`${node.value}Z`) / 1000 : node.value;
    if (!(await asked(one))) { node.value = shown ?? ""; return; }
    spot.press(block, one, { [name]: chosen || null });
  });
  return node;
}

function ticks(one, block, spot, label) {
  const isMany = one.type === "checkboxes";
  const now = held(one, block, spot);
  let chosen = new Set((isMany ? now.selected_options ?? [] : [now.selected_option]).filter(Boolean).map((option) => option.value));
  const group = h("div", { class: "ticks", role: isMany ? "group" : "radiogroup", "aria-label": label });
  one.options.forEach((option, at) => {
    const box = h("input", { type: isMany ? "checkbox" : "radio", name: `${block.block_id}-${one.action_id}`, checked: chosen.has(option.value) });
    box.dataset.spot = `${block.block_id} ${one.action_id} ${at}`;
    box.addEventListener("change", async () => {
      if (!(await asked(one))) { box.checked = !box.checked; return; }
      if (!isMany) chosen = new Set();
      box.checked ? chosen.add(option.value) : chosen.delete(option.value);
      const options = one.options.filter((each) => chosen.has(each.value));
      spot.press(block, one, isMany ? { selected_options: options } : { selected_option: options[0] ?? null });
    });
    group.append(h("label", {}, box, h("span", {}, text(option.text), option.description && h("span", { class: "quiet" }, h("br"), text(option.description)))));
  });
  return group;
}
