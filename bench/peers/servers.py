"""nginx with files, and MapServer behind nginx: each for as long as its `with` block, on a free port of 127.0.0.1."""
import pathlib
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from running import BOUND, Process, free_port  # noqa: E402

NGINX = """daemon off; worker_processes {workers}; pid {folder}/nginx.pid; error_log {folder}/error; {user}
events {{ worker_connections 512; }}
http {{ access_log off; sendfile on; keepalive_requests 1000000; default_type application/json;
gzip {gzip}; gzip_types application/vnd.mapbox-vector-tile application/x-protobuf; gzip_proxied any;
client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
{upstream}
server {{ listen 127.0.0.1:{port}; root {folder}/root; {locations} }} }}
"""

# The same paths as ours; the tiles of a table in the projection of the map, with 64 of 4,096 around; a shape that lies in that border alone is not drawn by mapserv.
TILE_LOCATION = r"""location ~ ^/tiles/parcel/(\d+)/(\d+)/(\d+)\.mvt$ {
fastcgi_param REQUEST_METHOD GET; fastcgi_param SERVER_NAME localhost; fastcgi_param SERVER_PORT 80; fastcgi_param SERVER_PROTOCOL HTTP/1.1;
fastcgi_param SCRIPT_NAME /mapserv; fastcgi_param QUERY_STRING "mode=tile&tilemode=gmap&tile=$2+$3+$1&layers=parcel&map.imagetype=mvt";
fastcgi_keep_conn on; fastcgi_pass mapserv; }"""
MAP = """MAP
  NAME "parcels"
  SIZE 256 256
  EXTENT -20037508 -20037508 20037508 20037508
  PROJECTION "init=epsg:3857" END
  OUTPUTFORMAT
    NAME "mvt" DRIVER "MVT" MIMETYPE "application/vnd.mapbox-vector-tile" IMAGEMODE FEATURE EXTENSION "mvt"
    FORMATOPTION "EXTENT=4096" FORMATOPTION "EDGE_BUFFER=64"
  END
  LAYER
    NAME "parcel" TYPE POLYGON STATUS ON
    CONNECTIONTYPE POSTGIS CONNECTION "{connection}"
    DATA "geom FROM (SELECT row, id, land_use, land_state, area_m2, price_fen_m2, power_left_kva, geom FROM lianpu_tiles) AS t USING UNIQUE row USING srid=3857"
    PROCESSING "CLOSE_CONNECTION=DEFER"
    PROJECTION "init=epsg:3857" END
    METADATA "gml_include_items" "id,land_use,land_state,area_m2,price_fen_m2,power_left_kva" "gml_types" "auto" END
  END
END
"""


class Nginx(Process):
    """Files as JSON by one worker: FOLDER is made, and read by a user that may be another."""

    def __init__(self, folder, files=(), workers=1, gzip="off", upstream="", locations="", probe=None):
        (folder / "root").mkdir(parents=True)
        folder.chmod(0o755)
        for name, body in dict(files).items():
            (folder / "root" / name).write_bytes(body)
        self.probe = probe or "/" + next(iter(files))
        port = free_port()
        (folder / "nginx.conf").write_text(NGINX.format(folder=folder, port=port, workers=workers, gzip=gzip, upstream=upstream, locations=locations,
                                                        user=""))
        super().__init__(["nginx", "-c", folder / "nginx.conf", "-p", folder, "-e", folder / "error"], port)


class MapServer:
    """mapserv, each PROCESSES of them by a spawn-fcgi of its own on a socket, behind nginx, gzip for those who ask."""
    PROCESSES = 2

    def __init__(self, folder, connection, probe):
        folder.mkdir()
        folder.chmod(0o755)
        (folder / "parcels.map").write_text(MAP.format(connection=connection))
        (folder / "mapserver.conf").write_text(f'CONFIG\n  ENV\n    MS_MAPFILE "{folder}/parcels.map"\n    MS_MAP_PATTERN "."\n  END\nEND\n')
        sockets = [folder / f"mapserv-{n}" for n in range(self.PROCESSES)]
        self.workers = [subprocess.Popen([*BOUND, "env", f"MAPSERVER_CONFIG_FILE={folder}/mapserver.conf", f"MS_MAPFILE={folder}/parcels.map",
                                          "spawn-fcgi", "-n", "-s", socket, "-M", "0666", "--", "/usr/lib/cgi-bin/mapserv"],
                                         stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for socket in sockets]
        try:
            until = time.monotonic() + 20
            while not all(socket.exists() for socket in sockets):
                if time.monotonic() > until:
                    sys.exit("mapserv did not start")
                time.sleep(0.02)
            upstream = "upstream mapserv { " + " ".join(f"server unix:{socket};" for socket in sockets) + " keepalive 4; }"
            self.nginx = Nginx(folder / "nginx", gzip="on", upstream=upstream, locations=TILE_LOCATION, probe=probe)
        except BaseException:
            self.end_workers()
            raise
        self.port = self.nginx.port

    def pids(self):
        return self.nginx.pids() + [worker.pid for worker in self.workers]

    def end_workers(self):
        for worker in self.workers:
            worker.kill()
            worker.wait()

    def __enter__(self):
        return self

    def __exit__(self, *why):
        try:
            self.nginx.__exit__(*why)
        finally:
            self.end_workers()
