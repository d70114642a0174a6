// The white pane: a channel, or the app with its Home, Messages and About tabs.

import { blocks } from "./blocks.js";
import { drawComposer } from "./composer.js";
import { fill, h, icon } from "./dom.js";
import { avatar, drawMessage, isCompact } from "./messages.js";
import { dayName, dayOf } from "./dates.js";
import { go } from "./sidebar.js";
import { act, channelNamed, myself, now, see, world } from "./world.js";

let list = null;
let told = "";
let welcomed = null;

export function drawPane() {
  const channel = channelNamed(world.place);
  const isApp = channel.kind === "im";
  const pane = document.getElementById("pane");
  const head = isApp ? appHead(channel) : h("header", { class: "pane-head" }, h("h1", {}, icon("hash", 17), channel.name));
  list = h("div", { class: "messages", role: "log", "aria-live": "polite", "aria-label": `Messages in ${isApp ? channel.name : `#${channel.name}`}`, tabindex: "0" });
  welcomed = null;
  const isTalk = !isApp || world.tab === "messages";
  if (isTalk) fill(pane, head, list, talk(channel));
  else fill(pane, head, world.tab === "home" ? appHome() : appAbout());
  if (isTalk) drawMessages({ everything: true });
  if (isApp) tellApp();
  else told = "";
}

function talk(channel) {
  if (myself().is_deactivated) return h("div", { class: "deactivated" }, `${myself().name}’s account is deactivated.`);
  return channel.kind === "im" && world.about.app.is_read_only ? null : drawComposer(channel);
}

// Only for somebody whose account was deactivated or activated again; nobody else loses their focus.
export function drawComposerAgain() {
  const isShown = Boolean(document.querySelector("#pane .deactivated"));
  if (list?.isConnected && isShown !== myself().is_deactivated) drawPane();
}

function tellApp() {
  const now = `${world.about.me} ${world.tab}`;
  if (now === told || world.tab === "about") return;
  told = now;
  act("open", { tab: world.tab });
}

export function drawMessages(change) {
  if (!list?.isConnected) return;
  const here = [...world.messages.values()].filter((message) => message.channel === world.place).sort((a, b) => a.order - b.order);
  const isAtEnd = change.everything || list.scrollHeight - list.scrollTop - list.clientHeight < 80;
  const kept = new Map([...list.querySelectorAll(".message")].map((node) => [node.dataset.stamp, node]));
  const nodes = [welcomed ??= welcome()];
  let day = "";
  here.forEach((message, at) => {
    const name = dayName(Number(message.ts));
    if (name !== day) nodes.push(h("div", { class: "day" }, h("span", {}, name)));
    const compact = name === day && isCompact(message, here[at - 1]);
    const stamp = `${message.ts} ${message.revision} ${compact} ${dayOf(now())}`;
    const node = kept.get(stamp) ?? drawMessage(message, compact);
    node.dataset.stamp = stamp;
    nodes.push(node);
    day = name;
    see(message);
  });
  patch(list, nodes);
  if (isAtEnd) list.scrollTop = list.scrollHeight;
}

// Leaves nodes that are already in place untouched, so that nothing loses its focus or is read out again.
function patch(parent, nodes) {
  const wanted = new Set(nodes);
  [...parent.children].forEach((node) => wanted.has(node) || node.remove());
  nodes.forEach((node, at) => { if (parent.children[at] !== node) parent.insertBefore(node, parent.children[at] ?? null); });
}

function welcome() {
  const channel = channelNamed(world.place);
  if (channel.kind === "im")
    return h("div", { class: "welcome" }, h("h2", {}, world.about.app.name), h("p", {}, `This is the very beginning of your direct message history with ${world.about.app.name}.`));
  const first = world.about.commands[0]?.command;
  return h("div", { class: "welcome" }, h("h2", {}, `# ${channel.name}`),
    h("p", {}, `Everyone can read what is said here.${first ? ` Type ${first} below to begin.` : ""}`));
}

function appHead(channel) {
  const { app } = world.about;
  const tab = (name, label) => h("button", { type: "button", role: "tab", "aria-selected": String(world.tab === name), onclick: () => go(channel.id, name) }, label);
  return h("header", { class: "pane-head app-head" }, h("h1", {}, avatar(app.user), app.name),
    h("div", { class: "tabs", role: "tablist" }, app.has_home && tab("home", "Home"), app.has_messages && tab("messages", "Messages"), tab("about", "About")));
}

function appHome() {
  const view = world.home;
  if (!view) return h("div", { class: "app-page" }, h("div", { class: "loading" }, h("span", { class: "spinner" }), "Loading…"));
  const typed = {};
  const keep = (block, element, value) => { typed[block.block_id] = { ...typed[block.block_id], [element.action_id]: value }; };
  const spot = {
    container: { view: view.id }, values: view.values, surface: "home", typed: () => typed, changed: keep,
    press: (block, element, value) => {
      if (!["button", "overflow"].includes(element.type)) keep(block, element, value);
      return act("act", { container: { view: view.id }, block_id: block.block_id, action_id: element.action_id, value, values: typed });
    },
  };
  return h("div", { class: "app-page" }, h("div", { class: "blocks home-blocks" }, blocks(view.definition.blocks, spot)));
}

function appAbout() {
  const { app, commands, shortcuts } = world.about;
  return h("div", { class: "app-page" }, h("div", { class: "about" },
    h("h2", {}, app.name), h("p", {}, app.description), app.about && h("p", {}, app.about),
    h("h3", {}, "Commands"), commands.map((one) => h("p", {}, h("b", {}, one.command), ` ${one.hint}`, h("br"), h("span", { class: "quiet" }, one.description))),
    h("h3", {}, "Shortcuts"), shortcuts.map((one) => h("p", {}, h("b", {}, one.name), h("br"), h("span", { class: "quiet" }, one.description)))));
}
