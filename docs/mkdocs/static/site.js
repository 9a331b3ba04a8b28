/* The theme lets wide tables scroll, and only a mouse can: whatever scrolls gets the focus of the keyboard, too. */

const reachable = () => {
  for (const wide of document.querySelectorAll(".md-typeset__scrollwrap:not([tabindex])")) wide.tabIndex = 0;
};
new MutationObserver(reachable).observe(document.body, { childList: true, subtree: true });
reachable();
