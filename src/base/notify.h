/* base/notify.h: tells the program that supervises this one how it is, by systemd's protocol (sd_notify(3)):
 * a datagram of NAME=VALUE lines to the socket that $NOTIFY_SOCKET names, a path or, with @ first, an
 * abstract name. Any thread. */
#pragma once
#include <stdbool.h>
#include <stdint.h>

bool notify_wanted(void); /* is there anybody to tell */

/* "READY=1", lines apart by \n. Never waits. False if it could not be sent, errno says why; true if nobody
 * wants to know. */
bool notify_send(const char *lines);

/* How long the supervisor waits for a sign of life ($WATCHDOG_USEC, if $WATCHDOG_PID is this process or is
 * not there); 0: it does not. A sign is due at half of it. */
int64_t notify_watchdog_ns(void);
