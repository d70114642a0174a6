// Blocks as DOM nodes, for messages, modals and the Home tab alike.

import { h } from "./dom.js";
import { element } from "./elements.js";
import { richText } from "./rich_text.js";
import { emoji, mrkdwn, text, words } from "./mrkdwn.js";

// spot: {container, values, errors, surface, changed(block, element, value), press(block, element, value)}
export function blocks(list, spot) {
  return list.map((block) => {
    const node = DRAW[block.type]?.(block, spot) ?? h("div", { class: "unknown" }, `(${block.type})`);
    node.classList.add("block", `block-${block.type}`);
    return node;
  });
}

const DRAW = {
  section: (block, spot) =>
    h("div", {},
      h("div", { class: "section-body" },
        block.text && h("div", { class: "section-text" }, text(block.text)),
        block.fields && h("div", { class: "fields" }, block.fields.map((field) => h("div", {}, text(field))))),
      block.accessory && h("div", { class: "accessory" }, element(block.accessory, block, spot, words(block.text)))),
  header: (block) => h("div", { role: "heading", "aria-level": "3" }, text(block.text)),
  divider: () => h("hr"),
  context: (block) =>
    h("div", {}, block.elements.map((one) => (one.type === "image" ? picture(one) : h("span", {}, text(one))))),
  actions: (block, spot) => h("div", {}, block.elements.map((one) => element(one, block, spot))),
  context_actions: (block, spot) => h("div", {}, block.elements.map((one) => element(one, block, spot))),
  image: (block) => h("figure", {}, block.title && h("figcaption", {}, text(block.title)), picture(block)),
  rich_text: (block) => richText(block),
  markdown: (block) => h("div", {}, mrkdwn(block.text.replace(/\*\*(.+?)\*\*/g, "*$1*"))),
  alert: (block) => h("div", { role: "note", class: `alert alert-${block.level ?? "default"}` }, h("div", {}, text(block.text))),
  input: drawInput,
  card: (block, spot) => card(block, spot),
  carousel: (block, spot) => h("div", {}, block.elements.map((one) => card(one, spot, block))),
  container: (block, spot) =>
    h("details", { open: !block.default_collapsed }, h("summary", {}, words(block.title) || richText(block.rich_text_title)),
      blocks(block.child_blocks, spot)),
  table: (block) => table(block.rows),
  data_table: (block) => h("div", {}, table(block.rows, block.caption)),
  data_visualization: (block) => chart(block),
  plan: (block) => h("div", {}, h("b", {}, block.title), (block.tasks ?? []).map(task)),
  task_card: (block) => task(block),
  video: (block) => h("div", {}, h("a", { href: block.video_url, target: "_blank", rel: "noreferrer noopener" }, words(block.title))),
};

function drawInput(block, spot) {
  const error = spot.errors?.[block.block_id];
  const id = `${spot.container.view ?? spot.container.ts}-${block.block_id}`;
  const label = words(block.label);
  return h("div", { class: error ? "has-error" : "" },
    h("label", { id: `${id}-label`, for: id }, text(block.label), block.optional && h("span", { class: "optional" }, " (optional)")),
    element(block.element, block, spot, label, { id, error }),
    error && h("div", { class: "field-error", id: `${id}-error`, role: "alert" }, `⚠\uFE0E ${error}`),
    block.hint && h("div", { class: "hint" }, text(block.hint)));
}

export function picture(image) {
  const shown = h("img", { src: image.image_url ?? "", alt: image.alt_text, loading: "lazy" });
  shown.addEventListener("error", () => shown.replaceWith(h("span", { class: "no-image" }, image.alt_text)));
  return shown;
}

function card(one, spot, block = one) {
  return h("div", { class: "card" },
    one.hero_image && picture(one.hero_image),
    h("div", { class: "card-title" }, one.icon && picture(one.icon), h("b", {}, text(one.title))),
    one.subtitle && h("div", { class: "quiet" }, text(one.subtitle)),
    one.body && h("div", {}, text(one.body)),
    one.actions && h("div", { class: "block-actions" }, one.actions.map((button) => element(button, block, spot))));
}

function table(rows, caption) {
  const cell = (one) => (one.type === "rich_text" ? richText(one) : String(one.text ?? one.value ?? ""));
  const [head, ...body] = rows;
  return h("table", {}, caption && h("caption", {}, caption),
    h("thead", {}, h("tr", {}, head.map((one) => h("th", { scope: "col" }, cell(one))))),
    h("tbody", {}, body.map((row) => h("tr", {}, row.map((one) => h("td", {}, cell(one)))))));
}

function chart(block) {
  const series = block.chart.segments ? [{ name: "", data: block.chart.segments }] : block.chart.series;
  const most = Math.max(...series.flatMap((one) => one.data.map((point) => point.value)), 1);
  return h("figure", { class: "chart" }, h("figcaption", {}, block.title), series.map((one) =>
    h("dl", { "aria-label": one.name || block.title }, one.data.map((point) => {
      const bar = h("span", { class: "chart-bar" });
      bar.style.width = `${(point.value / most) * 60}%`;
      return [h("dt", {}, point.label), h("dd", {}, bar, ` ${point.value}`)];
    }))));
}

function task(one) {
  const marks = { pending: "○", in_progress: "◔", complete: "✓", error: "✗" };
  return h("div", { class: "task-card" }, `${marks[one.status] ?? "○"} `, emoji(one.title), one.details && richText(one.details));
}
