"""Files to text: Word, PDF, HTML pages, Excel tables; what could harm is read in a process apart."""
