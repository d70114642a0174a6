// The rail and the list of channels and apps.

import { fill, h, icon } from "./dom.js";
import { avatar } from "./messages.js";
import { openProfile } from "./profile.js";
import { unread, world } from "./world.js";

export function go(channel, tab = "messages") {
  Object.assign(world, { place: channel, tab });
  document.body.classList.remove("sidebar-open");
  document.dispatchEvent(new Event("go"));
}

export function drawSidebar() {
  const { about } = world;
  const me = h("button", { type: "button", class: "rail-me", "aria-label": "My status", "aria-haspopup": "dialog", onclick: () => openProfile(me) }, avatar(about.me));
  const direct = about.channels.find((channel) => channel.kind === "im");
  const isApp = world.place === direct.id;
  fill(document.getElementById("rail"),
    h("div", { class: "team-icon", "aria-hidden": "true" }, about.team.name[0]),
    h("div", { class: "rail-home" }, h("span", {}, icon("home", 20)), "Home"),
    me);
  fill(document.getElementById("sidebar"),
    h("div", { class: "team-name" }, about.team.name),
    h("h2", {}, "Channels"),
    about.channels.filter((channel) => channel.kind !== "im").map((channel) =>
      row(channel.id === world.place, unread(channel.id), false, () => go(channel.id), h("span", { class: "hash" }, icon("hash", 15)), channel.name)),
    h("h2", {}, "Apps"),
    row(isApp, unread(direct.id), true, () => openApp(direct), avatar(about.app.user), about.app.name));
}

function openApp(direct) {
  const tab = world.about.app.has_home ? "home" : "messages";
  go(direct.id, unread(direct.id) ? "messages" : tab);
}

function row(isHere, count, isCounted, pick, ...inside) {
  return h("button", { type: "button", class: `place${isHere ? " here" : ""}${count && !isHere ? " unread" : ""}`, "aria-current": isHere ? "page" : undefined, onclick: pick },
    inside, isCounted && count && !isHere ? h("span", { class: "badge", "aria-label": `${count} new` }, String(count)) : null);
}
