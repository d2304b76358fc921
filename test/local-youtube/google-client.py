"""Google's Python client against a local YouTube: upload in chunks, thumbnail, update, playlist. Prints what it made."""
import json
import sys

from google.oauth2.credentials import Credentials
from googleapiclient.discovery import build_from_document
from googleapiclient.discovery_cache import get_static_doc
from googleapiclient.http import MediaFileUpload

url, token_file, recording, picture = sys.argv[1:]
with open(token_file, encoding="utf-8") as file:
    saved = json.load(file)
# Not from_authorized_user_file: that one asks Google whatever token_uri the file names.
credentials = Credentials(
    None, **{name: saved[name] for name in ("refresh_token", "token_uri", "client_id", "client_secret")}
)
# Not by api_endpoint: media uploads take only its host, and https.
description = json.loads(get_static_doc("youtube", "v3"))
description["rootUrl"] = description["baseUrl"] = url
youtube = build_from_document(description, credentials=credentials)
body = {"snippet": {"title": "From Python", "categoryId": "17"}, "status": {"privacyStatus": "private"}}
media = MediaFileUpload(recording, mimetype="video/mp4", chunksize=262144, resumable=True)
insert = youtube.videos().insert(part="snippet,status", body=body, media_body=media)
video, chunks = None, 0
while video is None:
    _, video = insert.next_chunk()
    chunks += 1
at_once = youtube.videos().insert(
    part="snippet,status", body=body, media_body=MediaFileUpload(recording, mimetype="video/mp4")
).execute()
youtube.thumbnails().set(videoId=video["id"], media_body=MediaFileUpload(picture, mimetype="image/jpeg")).execute()
body["id"] = video["id"]
body["snippet"]["title"] = "Changed by Python"
youtube.videos().update(part="snippet,status", body=body).execute()
playlist = youtube.playlists().insert(part="snippet", body={"snippet": {"title": "Cup"}}).execute()
resource = {"kind": "youtube#video", "videoId": video["id"]}
youtube.playlistItems().insert(
    part="snippet", body={"snippet": {"playlistId": playlist["id"], "resourceId": resource}}
).execute()
shown = youtube.videos().list(part="snippet,contentDetails", id=video["id"]).execute()["items"][0]
items = youtube.playlistItems().list(part="contentDetails", playlistId=playlist["id"]).execute()["items"]
print(
    json.dumps(
        {
            "id": video["id"],
            "atOnce": at_once["id"],
            "chunks": chunks,
            "title": shown["snippet"]["title"],
            "thumbnail": shown["contentDetails"]["hasCustomThumbnail"],
            "playlist": [item["contentDetails"]["videoId"] for item in items],
        }
    )
)
