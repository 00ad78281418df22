"""Where the pictures of an import come from: nowhere, a folder of the server, a ZIP, addresses, or IIIF.

`ImportRun.image_source` says which. The rest of the import knows four things of this package:

* `choosing.chosen_source(source, user)`: what a curator chose, refused or put in order.
* `planning.plan_images(run)`: at the end of a check. Writes an ImportImage for each picture that a record
  shall get, and an ImportIssue for each that cannot be found. Reads no picture and opens no connection.
* `preparing.open_pictures(run)`: while records are written, `pictures_for(record_ids)` reads the pictures of
  a folder or a ZIP through, keeps them and hands them over as `Picture`s. Of a source that has to be fetched
  it gives none.
* `fetching_jobs.start_fetching(run, user)`: when the records are written. Queues the job that fetches the
  rest, and gives each picture to its record as it comes.

IIIF is a table, too: `harvesting.start_harvest(run, user)` writes the manifests' labels and metadata into a
CSV that goes the way of every table.
"""
