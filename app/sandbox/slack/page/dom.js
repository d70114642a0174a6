// Builds DOM nodes; people's text only ever becomes text nodes.

export function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "class") node.className = value;
    else if (name === "data") Object.assign(node.dataset, value);
    else if (name === "value") node.value = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

const PATHS = {
  eye: "M1.5 10S4.5 4 10 4s8.5 6 8.5 6-3 6-8.5 6-8.5-6-8.5-6Zm8.5 2.75a2.75 2.75 0 1 0 0-5.5 2.75 2.75 0 0 0 0 5.5Z",
  more: "M10 5.5v.01M10 10v.01M10 14.5v.01",
  plus: "M10 4v12M4 10h12",
  send: "M3 3.5 17.5 10 3 16.5 4.6 11 11 10 4.6 9 3 3.5Z",
  close: "M5 5l10 10M15 5 5 15",
  down: "M5.5 8l4.5 4.5L14.5 8",
  menu: "M3.5 5.5h13M3.5 10h13M3.5 14.5h13",
  bolt: "M11 2.5 4.5 11.5H10l-1 6 6.5-9H10l1-6Z",
  back: "M12.5 4.5 7 10l5.5 5.5",
  check: "M4.5 10.5l3.5 3.5 7.5-8",
  hash: "M8 3.5 6.5 16.5M13.5 3.5 12 16.5M4 7.5h13M3 12.5h13",
  clock: "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM10 6v4l2.5 2",
  home: "M3.5 9 10 3.5 16.5 9v7.5h-4.5v-5h-4v5H3.5V9Z",
};

export function icon(name, size = 18) {
  const ns = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(ns, "svg");
  const path = document.createElementNS(ns, "path");
  for (const [key, value] of Object.entries({ viewBox: "0 0 20 20", width: size, height: size, "aria-hidden": "true" }))
    svg.setAttribute(key, value);
  for (const [key, value] of Object.entries({
    d: PATHS[name], fill: name === "send" ? "currentColor" : "none", stroke: "currentColor",
    "stroke-width": name === "more" ? 2.6 : 1.5, "stroke-linecap": "round", "stroke-linejoin": "round",
  })) path.setAttribute(key, value);
  svg.append(path);
  return svg;
}

export function fill(node, ...children) {
  node.replaceChildren(...children.flat(Infinity).filter(Boolean));
  return node;
}
