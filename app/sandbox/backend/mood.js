// Makes the back end misbehave on a click, with the same controls that tests use.

const SECONDS = 8;
const MOODS = {
  normal: { says: "Answers at once.", steps: [] },
  slow: { says: `Every answer takes ${SECONDS} seconds.`, steps: [["faults", { kind: "slow", seconds: SECONDS }]] },
  down: { says: "Every call gets a page that says 503.", steps: [["faults", { kind: "error", status: 503 }]] },
  limited: { says: "Every call gets 429, too many requests.", steps: [["faults", { kind: "limited" }]] },
  locked: { says: document.body.dataset.locked, steps: [["lock", {}]] },
};
const OTHER = "Misbehaves in a way that was asked for elsewhere.";
const panel = document.getElementById("mood");
const says = document.getElementById("mood-says");

async function control(method, name, body) {
  const answer = await fetch(`sandbox/${name}`, { method, body: body && JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${name} answered ${answer.status}`);
}

async function become(mood) {
  await control("DELETE", "faults");
  await control("POST", "unlock", {});
  for (const [name, body] of MOODS[mood].steps) await control("POST", name, body);
}

export function showMood(mood) {
  for (const button of panel.querySelectorAll("button")) button.setAttribute("aria-pressed", String(button.dataset.mood === mood));
  const text = MOODS[mood]?.says ?? OTHER;
  if (says.textContent !== text) says.textContent = text;
}

export function onMood(refresh) {
  panel.addEventListener("click", async (event) => {
    const mood = event.target.closest("button")?.dataset.mood;
    if (!mood) return;
    try {
      await become(mood);
    } finally {
      await refresh();
    }
  });
}
