"""Made-up people, the errors of two registers, and the measuring of linkage beside a plain join."""
