// The command line follows; the classes of this project already serve as a library.
return 0;
