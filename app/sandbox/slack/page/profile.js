// What a person tells Slack of themselves: their status, whether they want quiet, where they are.

import { city, time } from "./clock.js";
import { h } from "./dom.js";
import { hang } from "./menu.js";
import { avatar } from "./messages.js";
import { act, myself, now, world } from "./world.js";

const STATUSES = [
  { emoji: ":spiral_calendar_pad:", text: "In a meeting", until: "hour" },
  { emoji: ":face_with_thermometer:", text: "Out sick", until: "midnight" },
  { emoji: ":palm_tree:", text: "Vacationing", until: null },
];
const LENGTHS = [["", "Until I clear it"], ["hour", "For an hour"], ["midnight", "Today"]];
const ZONES = ["Europe/Berlin", "Europe/London", "America/New_York", "America/Los_Angeles", "Asia/Kolkata", "Asia/Tokyo"];

const drawn = (emoji) => world.about.emoji[emoji.replaceAll(":", "")] ?? emoji;

// “🌴 Vacationing · quiet until 17:44”, or nothing.
export function standing(person) {
  if (person.is_deactivated) return "deactivated";
  return [
    person.status_emoji && `${drawn(person.status_emoji)} ${person.status}`,
    person.paused_until > now() && `quiet until ${time(person.paused_until)}`,
  ].filter(Boolean).join(" · ");
}

export function openProfile(anchor) {
  const panel = h("div", { class: "menu panel", role: "dialog", "aria-label": "My status and time zone" });
  const draw = () => {
    if (!panel.isConnected) return document.removeEventListener("about", draw);
    const focused = [...panel.querySelectorAll("button, select")].indexOf(document.activeElement);
    panel.replaceChildren(...inside(act));
    panel.querySelectorAll("button, select")[Math.max(focused, 0)]?.focus();
  };
  hang(anchor, panel, () => {}, draw);
  document.addEventListener("about", draw);
}

function inside(change) {
  const me = myself();
  return [
    h("div", { class: "panel-head person" }, avatar(me.id), h("span", {}, h("b", {}, me.real_name),
      h("span", { class: "quiet" }, [`${time(now())} in ${city(me.timezone)}`, standing(me)].filter(Boolean).join(" · ")))),
    ...(me.is_deactivated ? [] : [...statuses(me, change), ...quiet(me, change), ...zone(me, change)]),
    account(me, change),
  ];
}

function statuses(me, change) {
  const chosen = STATUSES.find((one) => one.emoji === me.status_emoji);
  const chips = STATUSES.map((one) => h("button", {
    type: "button", class: "chip", "aria-pressed": String(one === chosen),
    onclick: () => change("status", one === chosen ? { emoji: "" } : one),
  }, `${drawn(one.emoji)} ${one.text}`));
  const length = h("select", { "aria-label": "How long", onchange: () => change("status", { ...chosen, until: length.value || null }) },
    LENGTHS.map(([value, label]) => h("option", { value }, label)));
  if (chosen) length.value = lengthOf(me);
  return [h("h3", {}, "Status"), h("div", { class: "chips" }, chips), chosen && h("div", { class: "panel-row" }, length)].filter(Boolean);
}

function lengthOf(me) {
  if (!me.status_until) return "";
  return me.status_until - now() <= 3600 ? "hour" : "midnight";
}

function quiet(me, change) {
  const isQuiet = me.paused_until > now();
  const choices = isQuiet
    ? [["Resume", null]]
    : [["For an hour", "hour"], ["Until tomorrow", "morning"]];
  return [h("h3", {}, isQuiet ? "Notifications are paused" : "Pause notifications"),
    h("div", { class: "chips" }, choices.map(([label, until]) => h("button", { type: "button", class: "chip", onclick: () => change("pause", { until }) }, label)))];
}

function zone(me, change) {
  const zones = ZONES.includes(me.timezone) ? ZONES : [me.timezone, ...ZONES];
  const select = h("select", { "aria-label": "Time zone", onchange: () => change("travel", { timezone: select.value }) },
    zones.map((one) => h("option", { value: one }, city(one))));
  select.value = me.timezone;
  return [h("h3", {}, "Time zone"), h("div", { class: "panel-row" }, select)];
}

function account(me, change) {
  const label = me.is_deactivated ? "Activate the account again" : "Deactivate the account";
  return h("button", { type: "button", class: "menu-item apart", onclick: () => change("account", { is_deactivated: !me.is_deactivated }) }, label);
}
