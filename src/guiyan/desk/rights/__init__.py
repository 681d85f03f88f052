"""个人信息申请: what people say is wrong or should go, answered by the owner unit; what is blocked."""
