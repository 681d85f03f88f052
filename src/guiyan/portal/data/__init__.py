"""我的个人信息: what is held of me, who looked, a copy, what is wrong, what should go."""
