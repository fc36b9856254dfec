// ALTCHA's own solver, in a file of its own: the pages' policy runs no script that is made on the spot.
import "altcha/workers/pbkdf2";
