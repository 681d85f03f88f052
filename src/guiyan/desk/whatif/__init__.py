"""政策试算 at the desk: a changed rule beside today's, its people and cost, with take-up; on screen, paper, Excel."""
