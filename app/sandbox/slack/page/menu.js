// Small menus and panels that hang from a button.

import { h } from "./dom.js";

let closeOpen = () => {};

// Shows the panel until Escape, a click elsewhere, or the function that is returned; only one hangs at a time.
export function hang(anchor, panel, onKey = () => {}, draw = () => {}) {
  closeOpen();
  document.getElementById("layers").append(panel);
  draw();
  const at = anchor.getBoundingClientRect();
  place(panel, at);
  new ResizeObserver(() => place(panel, at)).observe(panel);
  anchor.setAttribute("aria-expanded", "true");

  const outside = (event) => { if (!panel.contains(event.target)) close(); };
  const keys = (event) => {
    if (event.key === "Escape") { event.stopPropagation(); close(); anchor.focus(); }
    else onKey(event);
  };
  function close() {
    panel.remove();
    anchor.setAttribute("aria-expanded", "false");
    document.removeEventListener("mousedown", outside, true);
    document.removeEventListener("keydown", keys, true);
    closeOpen = () => {};
  }
  closeOpen = close;
  document.addEventListener("mousedown", outside, true);
  document.addEventListener("keydown", keys, true);
  return close;
}

// entries: {label, note, hint, pick}; headings are {heading}
export function openMenu(anchor, entries) {
  const items = entries.map((entry) => entry.heading
    ? h("div", { class: "menu-heading" }, entry.heading)
    : h("button", { type: "button", role: "menuitem", class: `menu-item${entry.isApart ? " apart" : ""}`, "aria-label": entry.label, "aria-description": entry.note, onclick: () => { close(); entry.pick(); } },
      h("span", {}, entry.label), entry.note && h("span", { class: "menu-note" }, entry.note)));
  const menu = h("div", { class: "menu", role: "menu" }, items);
  const close = hang(anchor, menu, (event) => {
    const buttons = [...menu.querySelectorAll("button")];
    const at = buttons.indexOf(document.activeElement);
    if (event.key === "ArrowDown") { event.preventDefault(); buttons[(at + 1) % buttons.length].focus(); }
    if (event.key === "ArrowUp") { event.preventDefault(); buttons[(at + buttons.length - 1) % buttons.length].focus(); }
  });
  menu.querySelector("button")?.focus();
}

function place(menu, at) {
  const { offsetWidth: width, offsetHeight: height } = menu;
  const below = at.bottom + 4 + height < window.innerHeight ? at.bottom + 4 : Math.max(8, at.top - height - 4);
  menu.style.top = `${below}px`;
  menu.style.left = `${Math.max(8, Math.min(at.left, window.innerWidth - width - 8))}px`;
}
