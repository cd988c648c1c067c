"""One screen a file; each paints a view model and turns keys into use cases."""
