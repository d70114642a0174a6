// The box one types into: slash commands with their hints, mentions, shortcuts.

import { fill, h, icon } from "./dom.js";
import { openMenu } from "./menu.js";
import { avatar } from "./messages.js";
import { act, world } from "./world.js";

const drafts = new Map();
const past = [];

export function drawComposer(channel) {
  const key = `${world.about.me} ${channel.id}`;
  const name = channel.kind === "im" ? channel.name : `#${channel.name}`;
  const input = h("textarea", {
    rows: 1, "aria-label": `Message ${name}`, placeholder: `Message ${name}`, role: "combobox", "aria-expanded": "false",
    "aria-controls": "suggestions", "aria-autocomplete": "list", value: drafts.get(key) ?? "",
  });
  const panel = h("div", { class: "suggestions", id: "suggestions", role: "listbox", "aria-label": "Suggestions", hidden: true });
  const send = h("button", { type: "button", class: "send", "aria-label": "Send now", onclick: () => say() }, icon("send", 16));
  const plus = h("button", { type: "button", class: "quiet-button plus", "aria-label": "Shortcuts", title: "Shortcuts", "aria-haspopup": "menu" }, icon("plus"));
  let offers = [];
  let active = 0;
  let recalled = past.length;

  plus.addEventListener("click", () => openMenu(plus, [
    { heading: "Shortcuts" },
    ...globals().map((one) => ({ label: one.name, note: `${one.description || world.about.app.name}`, pick: () => act("shortcut", { callback_id: one.callback_id }) })),
    ...world.about.commands.map((one) => ({ label: one.command, note: one.description, pick: () => write(`${one.command} `) })),
  ]));

  function write(text) {
    input.value = text;
    input.focus();
    changed();
  }

  function changed() {
    drafts.set(key, input.value);
    input.style.height = "auto";
    input.style.height = `${Math.min(input.scrollHeight, 180)}px`;
    send.disabled = !input.value.trim();
    offers = suggest(input.value);
    active = 0;
    drawPanel();
  }

  function suggest(text) {
    const word = text.match(/^\/\S*$/)?.[0];
    if (word) {
      const commands = world.about.commands.filter((one) => one.command.startsWith(word));
      const shortcuts = word === "/" ? globals() : [];
      return [...commands.map((one) => commandRow(one, () => write(`${one.command} `), one.command === word)),
        ...shortcuts.map((one) => ({ title: one.name, note: one.description, pick: () => { write(""); act("shortcut", { callback_id: one.callback_id }); } }))];
    }
    const command = world.about.commands.find((one) => text.startsWith(`${one.command} `));
    const mentioned = text.match(/(?:^|\s)@(\w*)$/);
    if (mentioned) {
      const wanted = mentioned[1].toLowerCase();
      return world.about.people.filter((person) => person.name.toLowerCase().startsWith(wanted)).map((person) => ({
        title: person.name, note: person.real_name, face: person.id, pick: () => write(text.slice(0, text.length - mentioned[1].length) + `${person.name} `),
      }));
    }
    return command ? [{ ...commandRow(command, null), isHint: true }] : [];
  }

  function commandRow(one, pick, isWhole = false) {
    return { title: one.command, hint: one.hint, note: one.description, pick, isWhole };
  }

  function drawPanel() {
    panel.hidden = !offers.length;
    input.setAttribute("aria-expanded", String(!panel.hidden));
    fill(panel, offers.map((offer, at) => h("div", {
      class: `suggestion${at === active && !offer.isHint ? " active" : ""}${offer.isHint ? " is-hint" : ""}`, role: "option", "aria-selected": String(at === active),
      onmousedown: (event) => { event.preventDefault(); offer.pick?.(); }, onmousemove: () => { if (active !== at) { active = at; drawPanel(); } },
    }, avatar(offer.face ?? world.about.app.user),
      h("span", { class: "suggestion-words" }, h("span", {}, h("b", {}, offer.title), offer.hint && h("span", { class: "usage" }, ` ${offer.hint}`)),
        h("span", { class: "quiet" }, offer.note)),
      h("span", { class: "from" }, offer.face ? "" : world.about.app.name))));
  }

  async function say() {
    const text = input.value.trim();
    if (!text) return;
    past.push(text);
    recalled = past.length;
    write("");
    frame.classList.add("waiting");
    const answer = await act("say", { channel: channel.id, text });
    frame.classList.remove("waiting");
    if (!answer.ok && !input.value) write(text);
  }

  input.addEventListener("input", changed);
  input.addEventListener("blur", () => { panel.hidden = true; });
  input.addEventListener("focus", drawPanel);
  input.addEventListener("keydown", (event) => {
    const isOpen = !panel.hidden && offers.some((offer) => !offer.isHint);
    if (event.isComposing) return;
    if (isOpen && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      active = (active + (event.key === "ArrowDown" ? 1 : offers.length - 1)) % offers.length;
      drawPanel();
    } else if (isOpen && (event.key === "Tab" || (event.key === "Enter" && !offers[active].isWhole))) {
      event.preventDefault();
      offers[active].pick();
    } else if (event.key === "Escape") {
      panel.hidden = true;
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      say();
    } else if (event.key === "ArrowUp" && !input.value && past.length) {
      event.preventDefault();
      recalled = Math.max(0, recalled - 1);
      write(past[recalled]);
    }
  });

  const frame = h("div", { class: "composer" }, panel,
    h("div", { class: "composer-box" }, input, h("div", { class: "composer-foot" }, plus, h("span", { class: "composer-wait", role: "status" }), send)));
  queueMicrotask(() => { changed(); if (!document.querySelector(".veil") && matchMedia("(min-width: 481px)").matches) input.focus(); });
  return frame;
}

const globals = () => world.about.shortcuts.filter((one) => one.kind === "global");
