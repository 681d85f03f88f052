"""Pages of those who keep the system running and of the auditor: background jobs, the audit log, the business clock."""
