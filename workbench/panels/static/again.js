// A page that said to wait ends with this: what it waited for is there.
location.reload();
