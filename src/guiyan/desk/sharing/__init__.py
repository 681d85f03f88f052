"""数据目录: other bureaus' data, applied for, authorised, taken back."""
