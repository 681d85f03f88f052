"""My work (我的工作): what waits for whoever is signed in."""
