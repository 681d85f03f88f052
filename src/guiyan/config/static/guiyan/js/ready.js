// Runs before the first paint: styles may tell whether script is there.
document.documentElement.classList.replace("no-js", "js");
