"""Powers given from–to: deputies (代岗授权) and what townships may do for a bureau (委托受理、授权办理)."""
