// Keeps the page's address in step with its controls, so that the address opens the same state for a colleague, and
// tells Python once what the address asked for. In a notebook of one's own the address is not ours: nothing happens.
function render({ model, el }) {
  if (!document.getElementById("wb-main")) return;
  const words = model.get("words");
  const bar = document.createElement("div");
  const button = document.createElement("button");
  const said = document.createElement("p");
  bar.className = "wb-address";
  button.type = "button";
  button.className = "wb-button";
  button.textContent = words.copy;
  said.className = "wb-said";
  said.setAttribute("role", "status");
  bar.append(button, said);
  el.append(bar);

  const link = () => {
    const query = new URLSearchParams(model.get("state")).toString().replaceAll("%2F", "/");
    return `${location.origin}${location.pathname}?${query}`;
  };
  const asked = Object.fromEntries(
    [...new URLSearchParams(location.search)].filter(([name]) => name in model.get("state")),
  );
  if (model.get("tells_opening")) model.send({ kind: "opened" });
  if (Object.keys(asked).length) model.send({ kind: "asked", state: asked });

  const changed = () => {
    history.replaceState(history.state, "", link());
    said.textContent = "";
  };
  model.on("change:state", changed);
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(link());
      said.textContent = words.copied;
    } catch {
      // Off localhost a page without https has no clipboard: the link is shown, marked, to be copied by hand.
      const shown = document.createElement("input");
      shown.readOnly = true;
      shown.value = link();
      shown.setAttribute("aria-label", words.by_hand);
      said.replaceChildren(words.by_hand, " ", shown);
      shown.select();
    }
  });
  return () => model.off("change:state", changed);
}

export default { render };
