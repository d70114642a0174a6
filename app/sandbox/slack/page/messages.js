// One message: who, when, what, and what can be done with it.

import { blocks } from "./blocks.js";
import { clockTime } from "./dates.js";
import { h, icon } from "./dom.js";
import { openMenu } from "./menu.js";
import { mrkdwn } from "./mrkdwn.js";
import { act, nameOf, world } from "./world.js";

const COLORS = ["#8d3b72", "#2e6f9e", "#b3541e", "#4b7f52", "#5b4b9a"];

export function avatar(id) {
  const isApp = id === world.about.app.user;
  const at = world.about.people.findIndex((person) => person.id === id);
  const node = h("span", { class: "avatar", "aria-hidden": "true" }, nameOf(id)[0]);
  node.style.background = isApp ? world.about.app.color : id === "USLACKBOT" ? "#4a154b" : COLORS[at % COLORS.length];
  return node;
}

export function isCompact(message, before) {
  return Boolean(before) && before.author === message.author && before.is_ephemeral === message.is_ephemeral
    && !message.is_ephemeral && Number(message.ts) - Number(before.ts) < 300;
}

export function drawMessage(message, compact) {
  const time = clockTime(Number(message.ts));
  const who = nameOf(message.author);
  return h("article", { class: `message${compact ? " compact" : ""}${message.is_ephemeral ? " ephemeral" : ""}`, "aria-label": `${who}, ${time}` },
    message.is_ephemeral && h("div", { class: "only-you" }, icon("eye", 14), "Only visible to you"),
    h("div", { class: "message-row" },
      compact ? h("time", { class: "side-time" }, time.replace(/ [AP]M/, "")) : avatar(message.author),
      h("div", { class: "message-main" },
        !compact && h("div", { class: "by" }, h("b", {}, who),
          (message.is_app || message.author === "USLACKBOT") && h("span", { class: "app-badge" }, "APP"), h("time", {}, time)),
        message.thread_ts && message.thread_ts !== message.ts && h("div", { class: "edited" }, "replied in a thread"),
        body(message))),
    tools(message));
}

function body(message) {
  const edited = message.is_edited && !message.is_ephemeral && !message.blocks.length ? h("span", { class: "edited" }, " (edited)") : null;
  if (!message.blocks.length) return h("div", { class: "text" }, mrkdwn(message.text), edited);
  const typed = {};
  const keep = (block, element, value) => { typed[block.block_id] = { ...typed[block.block_id], [element.action_id]: value }; };
  const container = { channel: message.channel, ts: message.ts };
  return h("div", { class: "blocks" }, blocks(message.blocks, {
    container, values: initial(message.blocks), surface: "message", typed: () => typed, changed: keep,
    press: (block, element, value) => {
      if (!["button", "overflow"].includes(element.type)) keep(block, element, value);
      return act("act", { container, block_id: block.block_id, action_id: element.action_id, value, values: typed });
    },
  }));
}

// A message keeps no state of its own: its elements start with what they say they start with.
function initial(list) {
  const values = {};
  for (const block of list)
    for (const one of [block.element, block.accessory, ...(block.type === "actions" ? block.elements : [])].filter(Boolean)) {
      const held = { value: one.initial_value };
      for (const name of ["option", "options", "user", "users", "channel", "channels", "conversation", "conversations", "date", "time", "date_time"])
        held[`selected_${name}`] = one[`initial_${name}`];
      values[block.block_id] = { ...values[block.block_id], [one.action_id]: held };
    }
  return values;
}

function tools(message) {
  const shortcuts = world.about.shortcuts.filter((one) => one.kind === "message");
  if (!shortcuts.length || message.is_ephemeral) return null;
  const more = h("button", { type: "button", "aria-label": "More actions", "aria-haspopup": "menu", title: "More actions" }, icon("more"));
  more.addEventListener("click", () => openMenu(more, [
    { heading: "Message shortcuts" },
    ...shortcuts.map((one) => ({
      label: one.name, note: world.about.app.name,
      pick: () => act("shortcut", { callback_id: one.callback_id, container: { channel: message.channel, ts: message.ts } }),
    })),
  ]));
  return h("div", { class: "tools" }, more);
}
