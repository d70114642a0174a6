// Menus to choose from, one or many: static options, people, channels, and options the app suggests while one types.

import { h, icon } from "./dom.js";
import { asked } from "./elements.js";
import { words } from "./mrkdwn.js";
import { act, nameOf, world } from "./world.js";

const ONE = { users: "selected_user", channels: "selected_channel", conversations: "selected_conversation" };
let numbers = 0;

export function choices(one, block, spot, label, field) {
  const isMany = one.type.startsWith("multi_");
  const source = one.type.replace("multi_", "").replace("_select", "");
  const name = (ONE[source] ?? "selected_option") + (isMany ? "s" : "");
  const listId = `list-${++numbers}`;
  let chosen = [spot.values?.[block.block_id]?.[one.action_id]?.[name] ?? []].flat().map((value) => known(source, value));

  const input = h("input", {
    type: "text", role: "combobox", class: "choice-input", autocomplete: "off", id: field.id, "aria-label": label,
    "aria-expanded": "false", "aria-controls": listId, "aria-autocomplete": "list",
  });
  const chips = h("span", { class: "chips" });
  const list = h("div", { class: "listbox", role: "listbox", id: listId, "aria-label": label, hidden: true });
  const box = h("div", { class: `choice ${isMany ? "many" : "single"}` }, chips, input, icon("down"));
  const root = h("div", { class: "choice-root" }, box, list);
  let shown = [];
  let active = -1;
  let asking = 0;
  let timer = 0;

  const draw = () => {
    chips.replaceChildren(...(isMany ? chosen.map(chip) : []));
    input.placeholder = isMany && chosen.length ? "" : words(one.placeholder) || (isMany ? "Select options" : "Select an option");
    input.value = isMany ? "" : (chosen[0]?.label ?? "");
    box.classList.toggle("chosen", chosen.length > 0);
  };
  const chip = (item) => h("span", { class: "chip" }, item.label,
    h("button", { type: "button", "aria-label": `Remove ${item.label}`, onclick: (event) => { event.stopPropagation(); choose(item); } }, icon("close", 12)));

  const close = () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    draw();
  };
  const open = () => {
    if (!list.hidden) return;
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    if (!isMany) input.select();
    look("");
    list.classList.toggle("above", box.getBoundingClientRect().bottom > window.innerHeight - 220);
  };

  async function choose(item) {
    if (!(await asked(one))) return close();
    const had = chosen.some((each) => each.value === item.value);
    if (isMany) chosen = had ? chosen.filter((each) => each.value !== item.value) : [...chosen, item];
    else chosen = [item];
    const values = chosen.map((each) => each.raw);
    spot.press(block, one, { [name]: isMany ? values : (values[0] ?? null) });
    isMany ? draw() : close();
    if (!list.hidden) look("");
  }

  function show(groups, note = "") {
    shown = groups.flatMap((group) => group.items);
    active = shown.length ? 0 : -1;
    let at = 0;
    list.replaceChildren(...groups.flatMap((group) => [
      ...(group.label ? [h("div", { class: "group-label" }, group.label)] : []),
      ...group.items.map((item) => row(item, at++)),
    ]), ...(note ? [h("div", { class: "list-note", role: "status" }, note)] : []));
    mark();
  }
  const row = (item, at) => {
    const isChosen = chosen.some((each) => each.value === item.value);
    return h("div", {
      role: "option", class: "option", id: `${listId}-${at}`, "aria-selected": String(isChosen),
      onmousedown: (event) => { event.preventDefault(); choose(item); }, onmousemove: () => { active = at; mark(); },
    }, h("span", {}, item.label, item.note && h("span", { class: "quiet" }, h("br"), item.note)), isChosen && icon("check", 16));
  };
  const mark = () => {
    [...list.querySelectorAll(".option")].forEach((node, at) => node.classList.toggle("active", at === active));
    const node = list.querySelector(".option.active");
    if (node) { input.setAttribute("aria-activedescendant", node.id); node.scrollIntoView({ block: "nearest" }); }
  };

  function look(query) {
    if (source === "external") return suggest(query);
    const wanted = query.toLowerCase();
    const groups = offered(one, source)
      .map((group) => ({ ...group, items: group.items.filter((item) => item.label.toLowerCase().includes(wanted)) }))
      .filter((group) => group.items.length);
    show(groups, groups.length ? "" : "No results");
  }

  function suggest(query) {
    clearTimeout(timer);
    const least = one.min_query_length ?? 3;
    if (query.length < least) return show([], `Type at least ${least} character${least === 1 ? "" : "s"} to search`);
    const mine = ++asking;
    show([], "Loading…");
    timer = setTimeout(async () => {
      const answer = await act("suggest", {
        container: spot.container, block_id: block.block_id, action_id: one.action_id, query, values: spot.typed?.(),
      });
      if (mine !== asking || list.hidden) return;
      if (answer.error) return show([], answer.error);
      const groups = answer.option_groups
        ? answer.option_groups.map((group) => ({ label: words(group.label), items: group.options.map(fromOption) }))
        : [{ items: answer.options.map(fromOption) }];
      show(groups, groups.some((group) => group.items.length) ? "" : "No results");
    }, query ? 180 : 0);
  }

  box.addEventListener("mousedown", (event) => {
    if (event.target.closest("button")) return;
    if (event.target !== input) event.preventDefault();
    input.focus();
    list.hidden ? open() : event.target === input || close();
  });
  input.addEventListener("input", () => { open(); look(input.value.trim()); });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) return open();
      active = (active + (event.key === "ArrowDown" ? 1 : shown.length - 1)) % Math.max(shown.length, 1);
      mark();
    } else if (event.key === "Enter") {
      event.preventDefault();
      list.hidden ? open() : shown[active] && choose(shown[active]);
    } else if (event.key === "Escape" && !list.hidden) {
      event.stopPropagation();
      close();
    } else if (event.key === "Backspace" && isMany && !input.value && chosen.length) {
      choose(chosen.at(-1));
    } else if (event.key === "Backspace" && !isMany && chosen.length && input.selectionEnd - input.selectionStart === input.value.length) {
      chosen = [];
      spot.press(block, one, { [name]: null });
    }
  });
  draw();
  return root;
}

const fromOption = (option) => ({ value: option.value, label: words(option.text), note: words(option.description), raw: option });
const fromId = (source, id) => {
  const label = source === "users" ? nameOf(id) : `#${world.about.channels.find((one) => one.id === id)?.name ?? id}`;
  return { value: id, label, raw: id };
};
const known = (source, value) => (typeof value === "string" ? fromId(source, value) : fromOption(value));

function offered(one, source) {
  if (source === "users") return [{ items: world.about.people.map((person) => ({ ...fromId("users", person.id), note: person.real_name })) }];
  if (source === "channels" || source === "conversations")
    return [{ items: world.about.channels.filter((channel) => channel.kind !== "im").map((channel) => fromId(source, channel.id)) }];
  if (one.option_groups) return one.option_groups.map((group) => ({ label: words(group.label), items: group.options.map(fromOption) }));
  return [{ items: one.options.map(fromOption) }];
}
