"""Share out what is too little."""
